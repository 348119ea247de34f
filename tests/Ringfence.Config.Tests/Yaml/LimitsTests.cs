using Ringfence.Config.Diagnostics;

namespace Ringfence.Config.Tests.YamlReading;

/// <summary>Hostile texts end in one message, soon.</summary>
[Rule("CL-1.3")]
public sealed class LimitsTests
{
    [Fact]
    public void Aliases_of_aliases_do_not_grow_without_bound()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 20).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Assert.Equal(YamlCodes.TooManyAliases, AText.Read(text).Problem.Code);
    }

    [Fact]
    public void Merges_of_merges_do_not_grow_without_bound()
    {
        var text = "a0: &a0 {k: [x, x, x, x, x, x, x, x, x, x]}\n"
            + string.Concat(Enumerable.Range(1, 20).Select(i => $"a{i}: &a{i} {{<<: *a{i - 1}, k{i}: [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]}}\n"));

        Assert.Equal(YamlCodes.TooManyAliases, AText.Read(text).Problem.Code);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("[{")]
    public void Deep_nesting_is_one_problem(string opening)
    {
        var problem = AText.Read(string.Concat(Enumerable.Repeat(opening, 10_000)), Limits.Default).Problem;

        Assert.Equal((YamlCodes.Syntax, "Unable to parse YAML: values are nested more than 100 deep"), (problem.Code, problem.Message));
        Assert.Equal("Write it with less nesting.", problem.Hint);
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_fine() => Assert.Empty(AText.Read(new string('[', 100) + new string(']', 100)).Problems);

    [Fact]
    public void A_text_that_is_too_long_is_not_read() =>
        Assert.Equal(YamlCodes.TooLarge, AText.Read("a: 12345", new Limits { SourceCharacters = 7 }).Problem.Code);

    [Fact]
    public void Many_keys_take_linear_time()
    {
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: {i}\n"));

        Assert.Equal(100_000, AText.Read(text).Map.Entries.Length);
    }

    [Fact]
    public void Many_lists_in_a_list_take_linear_time() =>
        Assert.Equal(200_000, Assert.IsType<Config.Yaml.YamlSequence>(AText.Read(string.Concat(Enumerable.Repeat("- [a]\n", 200_000))).Node).Items.Length);

    [Fact]
    public void Many_duplicates_take_linear_time() =>
        Assert.Equal(1000, AText.Read(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i / 2}: {i}\n"))).Problems.Length);
}
