namespace Ringfence.Config.Tests.Rules;

public sealed class ContextsTests
{
    [Rule("CL-17.19")]
    [Theory]
    [InlineData("one", "one")]
    [InlineData("[one, two]", "one two")]
    [InlineData("[two, one]", "two one")]
    [InlineData("[one, two, one]", "one two")]
    [InlineData("<< pipeline.git.branch >>", "main")]
    [InlineData("[one, 'for-<< pipeline.git.branch >>']", "one for-main")]
    [InlineData("<< pipeline.git.branch == \"main\" and \"production\" or \"staging\" >>", "production")]
    public void Are_a_name_or_a_list_in_order(string written, string names) =>
        Assert.Equal(names, string.Join(' ', Sample.Invocation($"context: {written}").Invocation("w", "a").Contexts));

    [Rule("CL-17.19")]
    [Theory]
    [InlineData("<< pipeline.git.branch == \"dev\" >>")]
    [InlineData("<< pipeline.git.tag >>")]
    [InlineData("[]")]
    [InlineData("")]
    public void Are_none_when_an_expression_comes_to_nothing(string written) =>
        Assert.Empty(Sample.Invocation($"context: {written}").Invocation("w", "a").Contexts);

    [Rule("CL-17.19")]
    [Fact]
    public void Stay_in_the_compiled_config_as_written()
    {
        Sample.Invocation("context: one").Workflow("w")["jobs"].ShouldBe("[a: {context: one}]");
        Sample.Invocation("context: [one, two]").Workflow("w")["jobs"].ShouldBe("[a: {context: [one, two]}]");
    }

    [Rule("CL-17.19")]
    [Fact]
    public void Are_texts() => Sample.Invocation("context: {name: one}").ShouldFailOnly("RF3003", "[context] expected type: String or Sequence, found: Mapping", 10, 20);

    [Rule("CL-17.19")]
    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Are_at_most_a_hundred(int count, bool isTaken)
    {
        var compiled = Sample.Workflow(
            $"- a: {{context: [{string.Join(", ", Enumerable.Range(1, count - 1).Select(i => $"c{i}"))}]}}\n- b: {{context: last}}\n- c: {{context: last}}");

        if (isTaken)
            compiled.ShouldBeClean();
        else
            compiled.ShouldFailOnly("RF3013", "The config uses more than 100 contexts", 10, 9);
    }
}
