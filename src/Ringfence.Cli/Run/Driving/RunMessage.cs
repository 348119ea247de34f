using Ringfence.Runner.Jobs;
using Ringfence.Workflows.Planning;

namespace Ringfence.Cli.Run.Driving;

/// <summary>What the loop of a run is told by the tasks around it.</summary>
internal abstract record RunMessage
{
    private RunMessage()
    {
    }

    /// <summary>Something to show.</summary>
    public sealed record Seen(RunEvent Happened) : RunMessage;

    /// <summary>A parallel run of a job has what it needs and begins.</summary>
    public sealed record NodeBegan(JobRun Job) : RunMessage;

    /// <summary>A parallel run of a job has ended.</summary>
    public sealed record NodeEnded(JobRun Job, int Node, JobResult Result) : RunMessage
    {
        /// <summary>Whether it had a slot.</summary>
        public bool HadSlot { get; init; } = true;

        /// <summary>Whether it had begun; without its secrets it does not.</summary>
        public bool HadBegun { get; init; } = true;
    }

    /// <summary>A person has answered whether the approval passes that is asked for.</summary>
    public sealed record Answered(bool IsApproved) : RunMessage;

    /// <summary>Something for the planner.</summary>
    public sealed record Told(WorkflowRun Workflow, WorkflowEvent Happened) : RunMessage;

    /// <summary>Time to draw, or to look whether there was an interrupt.</summary>
    public sealed record Tick : RunMessage
    {
        /// <summary>There is no difference between two.</summary>
        public static Tick Instance { get; } = new();
    }

    /// <summary>Everything before it has been shown: somebody waits for that.</summary>
    public sealed record Reached(TaskCompletionSource Done) : RunMessage;

    /// <summary>A task of the run broke by a bug.</summary>
    public sealed record Broke(Exception Why) : RunMessage;
}
