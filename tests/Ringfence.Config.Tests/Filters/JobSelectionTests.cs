namespace Ringfence.Config.Tests.Filters;

public sealed class JobSelectionTests
{
    private const string Nightly = "[{schedule: {cron: '0 0 * * *', filters: {branches: {only: [main, /release.*/]}}}}]";

    [Rule("CL-16.24")]
    [Rule("CL-25.11")]
    [Fact]
    public void Leaves_out_a_tag_job_whose_only_dependency_has_no_filter_for_tags()
    {
        var decisions = new AWorkflow().With("build").With("deploy", AWorkflow.Patterns(tagsOnly: "/^v.*/"), "build").Decide(tag: "v1.0");

        Assert.Equal("", AWorkflow.Running(decisions));
        Assert.Equal("the job that it requires is filtered out: build", decisions[1].Reason);
    }

    [Rule("CL-16.24")]
    [Fact]
    public void Runs_a_tag_job_whose_dependencies_all_pass()
    {
        var tags = AWorkflow.Patterns(tagsOnly: "/^v.*/");

        Assert.Equal("build test deploy", AWorkflow.Running(
            new AWorkflow().With("build", tags).With("test", tags, "build").With("lint").With("deploy", tags, "test").Decide(tag: "v1.0")));
    }

    [Rule("CL-17.9")]
    [Theory]
    [InlineData("", "a b c")]
    [InlineData("a", "b c")]
    [InlineData("b", "a c")]
    [InlineData("a b", "")]
    [InlineData("c", "a b")]
    public void Ignores_dependencies_that_are_filtered_out_unless_all_are(string filtered, string running)
    {
        var workflow = new AWorkflow();
        foreach (var (name, requires) in new[] { ("a", ""), ("b", ""), ("c", "a b") })
            workflow.With(name, filtered.Split(' ').Contains(name) ? AWorkflow.Patterns(branchesOnly: "other") : AWorkflow.Patterns(), requires);

        Assert.Equal(running, AWorkflow.Running(workflow.Decide("main")));
    }

    [Rule("CL-17.9")]
    [Fact]
    public void Follows_a_chain_whatever_the_order_in_the_file()
    {
        var decisions = new AWorkflow().With("d", "c").With("c", "b").With("b", "a").With("a", AWorkflow.Patterns(branchesOnly: "other")).Decide("main");

        Assert.Equal("", AWorkflow.Running(decisions));
        Assert.Equal("the job that it requires is filtered out: c", decisions[0].Reason);
    }

    [Rule("CL-17.9")]
    [Fact]
    public void Keeps_a_job_that_has_one_dependency_left_far_down()
    {
        var none = AWorkflow.Patterns(branchesOnly: "other");

        Assert.Equal("b d e", AWorkflow.Running(
            new AWorkflow().With("a", none).With("b").With("c", "a").With("d", "c b").With("e", "d").Decide("main")));
    }

    [Rule("CL-18.10")]
    [Fact]
    public void Takes_a_dependency_that_is_not_there_for_filtered_out() =>
        Assert.Equal("b", AWorkflow.Running(new AWorkflow().With("a", "gone").With("b").Decide("main")));

    [Fact]
    public void Follows_a_chain_of_ten_thousand_jobs()
    {
        var workflow = new AWorkflow();
        for (var i = 0; i < 10_000; i++)
            workflow.With($"j{i}", $"j{i + 1}");
        workflow.With("j10000", AWorkflow.Patterns(branchesOnly: "other"));

        Assert.DoesNotContain(workflow.Decide("main"), d => d.Runs);
    }

    [Fact]
    public void Comes_to_an_end_on_a_cycle() =>
        Assert.Equal("", AWorkflow.Running(new AWorkflow().With("a", "b").With("b", "a").Decide("main")));

    [Rule("CL-16.9")]
    [Theory]
    [InlineData(null, false, "j")]
    [InlineData(null, true, "")]
    [InlineData(Nightly, false, "")]
    [InlineData(Nightly, true, "j")]
    public void Runs_scheduled_workflows_on_their_schedule_only(string? triggers, bool bySchedule, string running)
    {
        var workflow = new AWorkflow().With("j");
        if (triggers is not null)
            workflow.WithTriggers(triggers);

        Assert.Equal(running, AWorkflow.Running(workflow.Decide("main", bySchedule: bySchedule)));
    }

    [Rule("CL-16.10")]
    [Rule("CL-16.12")]
    [Theory]
    [InlineData("{only: main}", "main", true)]
    [InlineData("{only: main}", "dev", false)]
    [InlineData("{only: [x, /ma.*/]}", "main", true)]
    [InlineData("{ignore: main}", "main", false)]
    [InlineData("{ignore: main}", "dev", true)]
    [InlineData("{only: main, ignore: main}", "main", true)]
    public void Gives_a_schedule_to_the_branches_that_pass_its_filter(string branches, string branch, bool runs)
    {
        var workflow = new AWorkflow().With("j").WithTriggers($"[{{schedule: {{cron: '0 0 * * *', filters: {{branches: {branches}}}}}}}]");

        Assert.Equal(runs, workflow.Decide(branch, bySchedule: true)[0].Runs);
    }

    [Rule("CL-16.9")]
    [Fact]
    public void Says_that_a_scheduled_workflow_waits_for_its_schedule() =>
        Assert.Equal("the workflow runs on its schedule only", new AWorkflow().With("j").WithTriggers(Nightly).Decide("main")[0].Reason);
}
