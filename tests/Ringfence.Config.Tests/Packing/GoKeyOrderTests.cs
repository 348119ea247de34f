using Ringfence.Config.Packing;

namespace Ringfence.Config.Tests.Packing;

[Rule("CL-23.1a")]
public sealed class GoKeyOrderTests
{

    [Theory]
    [InlineData("GOTEST_MOD GOTESTARCH")]
    [InlineData("a a1 a2 a10 a11 b")]
    [InlineData("a-b a_b ab")]
    [InlineData("1 2 10 a")]
    [InlineData("v1.9 v1.10 v2")]
    [InlineData("1a 1-")]
    [InlineData("A B a b é")]
    [InlineData("x1 x01 x001 x2")]
    public void Sorts_as_Go_does(string keys)
    {
        var sorted = keys.Split(' ');

        Assert.Equal(sorted, sorted.Reverse().OrderBy(k => k, GoKeyOrder.Instance));
    }

    [Fact]
    public void Is_an_order()
    {
        string[] parts = ["", "0", "1", "01", "9", "a", "-", "é"];
        string[] keys = [.. from x in parts from y in parts from z in parts select x + y + z];
        var sorted = keys.Distinct(StringComparer.Ordinal).Order(GoKeyOrder.Instance).ToArray();

        for (var i = 0; i < sorted.Length; i++)
        {
            for (var j = i + 1; j < sorted.Length; j++)
                Assert.True(GoKeyOrder.Instance.Compare(sorted[i], sorted[j]) < 0 && GoKeyOrder.Instance.Compare(sorted[j], sorted[i]) > 0, $"{sorted[i]} {sorted[j]}");
        }
    }
}
