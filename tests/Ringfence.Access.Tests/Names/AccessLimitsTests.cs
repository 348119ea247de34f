using Ringfence.Access.Names;

namespace Ringfence.Access.Tests.Names;

public sealed class AccessLimitsTests
{
    [Fact]
    [Rule("CTX-4", "EX-8.4a")]
    public void A_value_has_up_to_32768_bytes_and_may_be_empty()
    {
        Assert.Null(AccessLimits.WhyNoValue(0));
        Assert.Null(AccessLimits.WhyNoValue(32_768));
        Assert.Equal("A value has at most 32768 bytes, not 32769: keep large files elsewhere and store the key that opens them.", AccessLimits.WhyNoValue(32_769));
    }

    [Fact]
    [Rule("CTX-3", "EX-8.4a")]
    public void There_are_limits_on_variables_contexts_and_references()
    {
        Assert.Null(AccessLimits.WhyNoVariables(100));
        Assert.NotNull(AccessLimits.WhyNoVariables(101));
        Assert.Null(AccessLimits.WhyNoContexts(500));
        Assert.NotNull(AccessLimits.WhyNoContexts(501));
        Assert.Null(AccessLimits.WhyNoReferences(100));
        Assert.NotNull(AccessLimits.WhyNoReferences(101));
        Assert.Null(AccessLimits.WhyNoSshKeys(100));
        Assert.NotNull(AccessLimits.WhyNoSshKeys(101));
    }
}
