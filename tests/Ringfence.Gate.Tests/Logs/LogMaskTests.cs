using Ringfence.Gate.Archives;
using Ringfence.Gate.Forms;
using Ringfence.Gate.Policies;
using Ringfence.Primitives;

namespace Ringfence.Gate.Tests.Logs;

public sealed class LogMaskTests
{
    private const string Value = "Sup3r-Secret/42";

    [Theory]
    [Rule("MSK-1", "MSK-5")]
    [InlineData("before Sup3r-Secret/42 behind\n", "before **** behind\n")]
    [InlineData("Sup3r-Secret/4", "Sup3r-Secret/4")]
    [InlineData("U3VwM3ItU2VjcmV0LzQy", "****")]
    [InlineData("U3VwM3It", "U3VwM3It")]
    public void Golden_vectors(string text, string expected) => Assert.Equal(expected, Masking.Mask(text, Value));

    [Theory]
    [Rule("MSK-2")]
    [InlineData("abc")]
    [InlineData("true")]
    [InlineData("True")]
    [InlineData("false")]
    [InlineData("False")]
    public void Leaves_short_and_usual_values_alone(string value)
    {
        using var secret = new SecretValue(value);

        Assert.Equal($"it is {value}", Masking.Mask($"it is {value}", value));
        Assert.False(SecretForms.Of(secret).IsMasked);
    }

    [Fact]
    [Rule("MSK-2")]
    public void A_value_of_four_bytes_is_masked_and_its_encodings_are_not() =>
        Assert.Equal("**** p a s s cGFzcw==", Masking.Mask("pass p a s s cGFzcw==", "pass"));

    [Fact]
    public void Only_logs_are_masked_unless_somebody_says_otherwise()
    {
        Assert.Equal(GateAction.Mask, GatePolicy.Default.At(GateExit.Log));
        Assert.All(Enum.GetValues<GateExit>().Where(exit => exit != GateExit.Log), exit => Assert.Equal(GateAction.Refuse, GatePolicy.Default.At(exit)));
        Assert.Equal(GateAction.Warn, GatePolicy.Default.With(GateExit.Cache, GateAction.Warn).At(GateExit.Cache));
    }

    [Fact]
    public void Files_cannot_be_masked_so_they_are_refused()
    {
        var found = new ScanReport([new Caught("A", "plain", "a.txt", 0)], []);
        var policy = Enum.GetValues<GateExit>().Aggregate(GatePolicy.Default, (policy, exit) => policy.With(exit, GateAction.Mask));

        Assert.Equal(GateAction.Mask, policy.Decide(GateExit.Log, found));
        Assert.All(Enum.GetValues<GateExit>().Where(exit => exit != GateExit.Log), exit => Assert.Equal(GateAction.Refuse, policy.Decide(exit, found)));
        Assert.Equal(GateAction.Allow, policy.Decide(GateExit.Artifact, new ScanReport([], [])));
        Assert.Equal(GateAction.Refuse, policy.Decide(GateExit.Artifact, new ScanReport([], [new UnknownContent("a.7z", "It is packed.")])));
    }
}
