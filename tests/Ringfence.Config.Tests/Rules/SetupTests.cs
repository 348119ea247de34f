namespace Ringfence.Config.Tests.Rules;

public sealed class SetupTests
{
    private const string Jobs = "jobs: {a: {docker: [{image: i}], steps: [checkout]}}\n";

    [Rule("CL-20.1")]
    [Theory]
    [InlineData("setup: true\n", true)]
    [InlineData("setup: false\n", false)]
    [InlineData("", false)]
    public void Is_said_at_the_top(string setup, bool isSetup) =>
        Assert.Equal(isSetup, Compiling.Config($"version: 2.1\n{setup}{Jobs}workflows: {{w: {{jobs: [a]}}}}").ShouldBeClean().Pipeline.IsSetup);

    [Rule("CL-20.1")]
    [Fact]
    public void Is_a_boolean() => Compiling.Config($"version: 2.1\nsetup: 'true'\n{Jobs}workflows: {{w: {{jobs: [a]}}}}")
        .ShouldFailOnly("RF3003", "[#/setup] expected type: Boolean, found: String", 2, 8);

    [Rule("CL-20.1")]
    [Fact]
    public void Means_nothing_in_older_versions() => Assert.False(Compiling.Config($"version: 2\nsetup: true\n{Jobs}workflows: {{version: 2, w: {{jobs: [a]}}}}")
        .ShouldMention("RF3020", "'setup' needs version 2.1", 2, 1).Pipeline.IsSetup);

    [Rule("CL-20.2")]
    [Fact]
    public void Runs_one_workflow_that_conditions_leave() => Assert.Equal("x", Compiling.Config(
        $"version: 2.1\nsetup: true\n{Jobs}workflows: {{w: {{when: false, jobs: [a]}}, x: {{jobs: [a]}}}}").ShouldBeClean().WorkflowNames);

    [Rule("CL-20.2")]
    [Fact]
    public void Does_not_run_several_workflows() => Compiling.Config($"version: 2.1\nsetup: true\n{Jobs}workflows:\n  w: {{jobs: [a]}}\n  x: {{jobs: [a]}}")
        .ShouldFailOnly("RF5012", "A setup config runs one workflow; 2 would run", 6, 3, "Use 'when' so that one is left.");

    [Rule("CL-20.7")]
    [Theory]
    [InlineData("version: 2\njobs: {}\nworkflows: {version: 2}")]
    [InlineData("version: 2.1\njobs: {}\nworkflows: {version: 2}")]
    public void Can_go_on_with_a_config_that_does_nothing(string config) =>
        Compiling.Config(config).ShouldBeClean().Document.ShouldBe("{version: 2, jobs: {}, workflows: {version: 2}}");
}
