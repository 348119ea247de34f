using Ringfence.Fuzz.Targets;

namespace Ringfence.Config.Tests.Fuzz;

/// <summary>Inputs that once broke something, made as small as they go; each is held against all properties of its target.</summary>
public sealed class FoundByFuzzingTests
{
    [Theory]
    [InlineData("yaml", " : [\nv", "the parser threw InvalidOperationException inside of a map")]
    [InlineData("yaml", ": [\nd", "the parser threw InvalidOperationException inside of a list")]
    [InlineData("yaml", ": !\n:", "the span of an empty value behind a tag ended before it began")]
    [InlineData("yaml", ": !y\n:", "so did the span of the message about the tag")]
    [InlineData("yaml", "? 0 *\n?", "a key with a blank and a star was written so that it could not be read")]
    public void Stays_repaired(string target, string input, string whatItWas)
    {
        Assert.NotEmpty(whatItWas);
        ShortFuzzTests.Check(FuzzTarget.All.Single(t => t.Name == target), input);
    }
}
