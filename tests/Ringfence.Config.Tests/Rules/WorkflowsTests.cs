namespace Ringfence.Config.Tests.Rules;

public sealed class WorkflowsTests
{
    [Rule("CL-16.1")]
    [Fact]
    public void Compiles_every_workflow_by_itself()
    {
        var compiled = Compiling.Config("""
            version: 2.1
            jobs: {a: {docker: [{image: i}], steps: [checkout]}, b: {docker: [{image: i}], steps: [checkout]}}
            workflows:
              one: {jobs: [a, {b: {requires: [a]}}]}
              two: {jobs: [b]}
            """).ShouldBeClean();

        Assert.Equal("one two", compiled.WorkflowNames);
        Assert.Empty(compiled.Invocation("two", "b").Requires);
    }

    [Rule("CL-16.2")]
    [Fact]
    public void Runs_the_job_build_where_there_are_no_workflows()
    {
        var compiled = Compiling.Config("version: 2.1\njobs: {build: {docker: [{image: i}], steps: [checkout]}, other: {docker: [{image: i}], steps: [checkout]}}");

        Assert.Equal("workflow", compiled.WorkflowNames);
        Assert.Equal("build", compiled.JobsOf("workflow"));
    }

    [Rule("CL-16.2")]
    [Fact]
    public void Says_that_there_is_nothing_to_run() => Compiling.Config("version: 2.1\njobs: {test: {docker: [{image: i}], steps: [checkout]}}").ShouldFailOnly(
        "RF3011", "Cannot find a job named `build` to run in the `jobs:` section of your configuration file.", 2, 1, "a top-level key called 'workflows:'");

    [Rule("CL-16.3")]
    [Fact]
    public void Takes_a_job_as_a_name_or_with_keys_below() => Sample.Workflow("- a\n- b:\n- c: {requires: [a]}").ShouldBeClean().Workflow("w")["jobs"]
        .ShouldBe("[a, b, {c: {requires: [a]}}]");

    [Rule("CL-16.3")]
    [Theory]
    [InlineData("- a:\n  requires: [b]", "RF3009", "A job of a workflow has one key; 'requires' stands beside 'a'", 10, 9, "Indent 'requires:' by two more")]
    [InlineData("- [a]", "RF3003", "A job of a workflow is a name, or a name with keys below; found: Sequence", 9, 9, null)]
    [InlineData("- a: [b]", "RF3003", "Job 'a': expected type: Mapping, found: Sequence", 9, 12, null)]
    public void Refuses_what_is_no_job_of_a_workflow(string jobs, string code, string message, int line, int column, string? hint) =>
        Sample.Workflow(jobs).ShouldFailOnly(code, message, line, column, hint);

    [Rule("CL-16.4")]
    [Fact]
    public void Means_the_same_in_any_order()
    {
        const string Jobs = "version: 2.1\njobs: {a: {docker: [{image: i}], steps: [checkout]}, b: {docker: [{image: j}], steps: [checkout]}}\nworkflows:\n";
        const string One = "  one: {jobs: [a, {b: {requires: [a]}}]}\n";
        const string Two = "  two: {jobs: [{b: {requires: [a]}}, a]}\n";
        var (forwards, backwards) = (Compiling.Config(Jobs + One + Two), Compiling.Config(Jobs + Two + One));

        foreach (var workflow in (string[])["one", "two"])
            Assert.Equal(forwards.Workflow(workflow).Json, backwards.Workflow(workflow).Json);
        foreach (var job in (string[])["a", "b"])
            Assert.Equal(forwards.Job(job).Json, backwards.Job(job).Json);
    }

    [Rule("CL-16.5")]
    [Theory]
    [InlineData("pipeline.git.branch == \"main\"", true)]
    [InlineData("pipeline.git.branch == \"dev\"", false)]
    [InlineData("pipeline.parameters.no", false)]
    [InlineData("pipeline.parameters.yes and not pipeline.parameters.no", true)]
    [InlineData("{equal: [main, << pipeline.git.branch >>]}", true)]
    [InlineData("{and: [true, << pipeline.parameters.no >>]}", false)]
    [InlineData("<< pipeline.parameters.yes >>", true)]
    [InlineData("<< pipeline.parameters.no >>", false)]
    [InlineData("<< pipeline.git.tag >>", false)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public void Takes_a_condition_in_every_form(string condition, bool holds)
    {
        foreach (var (key, runs) in ((string, bool)[])[("when", holds), ("unless", !holds)])
        {
            var compiled = Compiling.Config($"""
                version: 2.1
                parameters:
                  yes: &flag
                    type: boolean
                    default: true
                  no:
                    <<: *flag
                    default: false
                jobs:
                  a:
                    docker: [image: i]
                    steps: [checkout]
                workflows:
                  w:
                    {key}: {condition}
                    jobs: [a]
                """);

            Assert.Equal(runs ? "w" : "", compiled.WorkflowNames);
            Assert.Equal(runs ? 0 : 1, compiled.Pipeline.Skipped.Length);
        }
    }

    [Rule("CL-16.5")]
    [Fact]
    public void Takes_a_text_with_a_value_in_it_for_always_true()
    {
        var compiled = Sample.WorkflowBody("when: pipeline.git.branch == \"<< pipeline.project.type >>\"\njobs: [a]");

        Assert.Equal("w", compiled.ShouldMention("RF2009", "A text with '<< >>' in it is always true", 5, 11).WorkflowNames);
    }

    [Rule("CL-16.5")]
    [Theory]
    [InlineData("when: pipeline.git.branch = \"main\"", "RF2004", "A single '=' is no operator", 5, 32)]
    [InlineData("when: {condition: true}", "RF2008", "'condition' belongs to a step", 5, 12)]
    [InlineData("when: true\n    unless: true", "RF3010", "'when' and 'unless' exclude each other", 6, 5)]
    public void Refuses_a_condition_that_is_not_one(string condition, string code, string message, int line, int column) =>
        Sample.WorkflowBody($"{condition.Replace("\n    ", "\n", StringComparison.Ordinal)}\njobs: [a]").ShouldFailOnly(code, message, line, column);

    /// <summary>The schema of CircleCI refuses them, its compiler does not: configs in use have <c>description</c> and <c>parameters</c>.</summary>
    [Rule("CL-16.7")]
    [Fact]
    public void Warns_of_unknown_keys_of_a_workflow() => Sample.WorkflowBody("description: What it is for\njobs: [a]")
        .ShouldMention("RF3014", "[#/workflows/w] extraneous key [description] is ignored", 5, 5).Workflow("w").ShouldBe("{jobs: [a]}");

    [Rule("CL-16.7")]
    [Theory]
    [InlineData("max_auto_reruns: 2", "RF3002", "[#/workflows/w] required key [jobs] not found", 4, 3)]
    [InlineData("jobs: []", "RF3004", "'jobs' needs at least one job", 5, 11)]
    [InlineData("jobs: a", "RF3003", "[#/workflows/w/jobs] expected type: Sequence, found: String", 5, 11)]
    [InlineData("max_auto_reruns: 0\njobs: [a]", "RF3004", "Must be greater than or equal to 1", 5, 22)]
    [InlineData("max_auto_reruns: 6\njobs: [a]", "RF3004", "Must be less than or equal to 5", 5, 22)]
    public void Refuses_a_workflow_that_is_not_one(string keys, string code, string message, int line, int column) =>
        Sample.WorkflowBody(keys).ShouldFailOnly(code, message, line, column);

    [Rule("CL-16.7")]
    [Fact]
    public void Keeps_the_number_of_automatic_reruns() => Sample.WorkflowBody("max_auto_reruns: 3\njobs: [a]").ShouldBeClean().Workflow("w")
        .ShouldBe("{max_auto_reruns: 3, jobs: [a]}");
}
