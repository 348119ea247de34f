using Ringfence.Config.Yaml;

namespace Ringfence.Config.Tests.YamlReading;

public sealed class YamlEqualityTests
{
    [Theory]
    [InlineData("{a: 1, b: [x, y]}", "b: ['x', \"y\"]\na: 1", true, true)]
    [InlineData("[x, y]", "[y, x]", false, false)]
    [InlineData("[x]", "[x, x]", false, false)]
    [InlineData("{a: 1}", "{a: 1, b: 2}", false, false)]
    [InlineData("{a: 1}", "{b: 1}", false, false)]
    [InlineData("a: 1", "a: '1'", false, true)]
    [InlineData("a: yes", "a: 'true'", false, true)]
    [InlineData("a: yes", "a: true", true, true)]
    [InlineData("a: 1.10", "a: 1.1", true, true)]
    [InlineData("a: ~", "a: ''", false, false)]
    [InlineData("a: ~", "a:", true, true)]
    [InlineData("a: []", "a: {}", false, false)]
    [InlineData("a: x", "a: X", false, false)]
    [InlineData("x: &x {a: 1}\ny: *x", "x: {a: 1}\ny: {a: 1}", true, true)]
    public void Compares_data(string left, string right, bool sameData, bool sameText)
    {
        var (a, b) = (AText.Read(left).Node, AText.Read(right).Node);

        Assert.Equal((sameData, sameData), (YamlEquality.SameData(a, b), YamlEquality.SameData(b, a)));
        Assert.Equal((sameText, sameText), (YamlEquality.SameText(a, b), YamlEquality.SameText(b, a)));
    }
}
