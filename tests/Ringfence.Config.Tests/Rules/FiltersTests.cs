using Ringfence.Config.Filters;

namespace Ringfence.Config.Tests.Rules;

public sealed class FiltersTests
{
    [Rule("CL-16.20")]
    [Theory]
    [InlineData("{branches: {only: main}}")]
    [InlineData("{branches: {only: [main, /release.*/], ignore: dev}}")]
    [InlineData("{tags: {only: /^v.*/}, branches: {ignore: /.*/}}")]
    public void Are_maps_of_branches_and_tags(string filters)
    {
        var compiled = Sample.Invocation($"filters: {filters}");

        Assert.IsType<JobFilter.Patterns>(compiled.Invocation("w", "a").Filter);
        compiled.Workflow("w")["jobs"].ShouldBe($"[a: {{filters: {filters}}}]");
    }

    [Rule("CL-16.20")]
    [Theory]
    [InlineData("[main]", "RF5007", "[filters] expected type: Mapping, found: Sequence", 20)]
    [InlineData("{branches: main}", "RF5007", "[filters/branches] expected type: Mapping, found: String", 31)]
    [InlineData("{branches: {only: {a: b}}}", "RF5007", "[filters/branches/only] expected type: Sequence, found: Mapping", 38)]
    [InlineData("{branches: {onyl: main}}", "RF3001", "[filters/branches] extraneous key [onyl] is not permitted", 32)]
    public void Refuse_other_shapes(string filters, string code, string message, int column) =>
        Sample.Invocation($"filters: {filters}").ShouldFailOnly(code, message, 10, column);

    [Rule("CL-16.28")]
    [Theory]
    [InlineData("/(?!main).*/")]
    [InlineData("/(a)\\\\1/")]
    [InlineData("/a++/")]
    [InlineData("/(/")]
    public void Refuse_patterns_that_take_more_than_linear_time_or_are_none(string pattern) =>
        Sample.Invocation($"filters: {{branches: {{only: \"{pattern}\"}}}}").ShouldFailOnly("RF5007", "is not valid", 10, 38);

    [Rule("CL-16.30")]
    [Fact]
    public void Are_expressions()
    {
        var compiled = Sample.Invocation("filters: pipeline.git.branch == \"main\"");

        Assert.IsType<JobFilter.Condition>(compiled.Invocation("w", "a").Filter);
    }
}
