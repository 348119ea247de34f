using Ringfence.Workflows.Planning;
using Ringfence.Workflows.Reruns;

namespace Ringfence.Workflows.Tests;

/// <summary>Reruns of workflows of which only names and statuses were written down.</summary>
public sealed class EndedWorkflowTests
{
    [Fact]
    [Rule("EX-5.2", "EX-18.11")]
    public void Repeats_what_did_not_succeed_and_what_is_new()
    {
        var request = new WorkflowRequest
        {
            Id = Sample.NewWorkflow(),
            Workspace = Sample.NewWorkspace(),
            Name = "main",
            Project = "acme/app",
            PipelineNumber = 1,
            Jobs = [Sample.ABuild("build"), Sample.ABuild("test", "build"), Sample.ABuild("deploy", "test"), Sample.ABuild("new")],
        };
        var ended = new EndedWorkflow
        {
            Request = request,
            Status = WorkflowStatus.Failed,
            Statuses = new Dictionary<string, JobStatus> { ["build"] = JobStatus.Success, ["test"] = JobStatus.Failed, ["deploy"] = JobStatus.NotRun, ["gone"] = JobStatus.Success },
            FirstRun = request.Id,
            FirstStartedAt = Sample.Noon,
            EndedAt = Sample.Noon,
        };

        var again = Rerun.FromFailed(ended.Restore(Sample.NewJob), new RerunRequest { Id = Sample.NewWorkflow(), NewJobId = Sample.NewJob, RerunsSoFar = 0, Now = Sample.Noon });

        var plan = Assert.IsType<RerunResult.Begun>(again).Plan;
        Assert.Equal(request.Workspace, plan.State.Workspace);
        Assert.NotNull(plan.Job("build").CarriedOverFrom);
        Assert.Equal(
            [JobStatus.Success, JobStatus.NotRunning, JobStatus.Blocked, JobStatus.NotRunning],
            plan.State.Jobs.Select(j => j.Status));
        Assert.Equal(WorkflowStatus.Success, plan.End("test").End("deploy").End("new").State.Status);
    }
}
