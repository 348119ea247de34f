using Ringfence.Workflows.Planning;
using Ringfence.Workflows.Reruns;

namespace Ringfence.Workflows.Tests;

public sealed class RerunTests
{
    [Fact]
    [Rule("EX-5.6")]
    public void Refuses_the_hundred_and_first() => Assert.Contains("100 is the most", Refusal(Rerun.FromStart(Failed().State, Request(100))), StringComparison.Ordinal);

    [Fact]
    [Rule("EX-1.10")]
    public void Refuses_after_ninety_days() =>
        Assert.Contains("90 days", Refusal(Rerun.FromFailed(Failed().State, Request(0) with { Now = Sample.Noon.AddDays(90) })), StringComparison.Ordinal);

    [Fact]
    public void Refuses_what_still_runs() => Assert.Contains("not over", Refusal(Rerun.FromStart(Sample.Start(Sample.ABuild("a")).State, Request(0))), StringComparison.Ordinal);

    [Fact]
    [Rule("EX-5.3")]
    public void Refuses_a_job_of_another_workflow() => Assert.Contains("not part", Refusal(Rerun.Jobs(Failed().State, [Sample.NewJob()], Request(0))), StringComparison.Ordinal);

    [Fact]
    [Rule("EX-5.1", "EX-5.7")]
    public void From_the_start_runs_all_jobs_again_in_the_same_pipeline()
    {
        var ended = Failed();
        var again = Assert.IsType<RerunResult.Begun>(Rerun.FromStart(ended.State, Request(0))).Plan;

        Assert.Equal(["a"], again.Decisions.OfType<Decision.StartJob>().Select(d => d.Invocation.Name));
        Assert.Equal((ended.State.Workspace, ended.State.PipelineNumber, ended.State.Id), (again.State.Workspace, again.State.PipelineNumber, again.State.FirstRun));
        Assert.Empty(ended.State.Jobs.Select(j => j.Id).Intersect(again.State.Jobs.Select(j => j.Id)));
    }

    private static Planned Failed() => Sample.Start(Sample.ABuild("a"), Sample.ABuild("b", "a")).End("a").End("b", JobOutcome.Failed);

    private static string Refusal(RerunResult result) => Assert.IsType<RerunResult.Refused>(result).Reason;

    private static RerunRequest Request(int soFar) => new() { Id = Sample.NewWorkflow(), NewJobId = Sample.NewJob, RerunsSoFar = soFar, Now = Sample.Noon };
}
