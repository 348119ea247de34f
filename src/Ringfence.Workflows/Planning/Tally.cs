using Ringfence.Config.Compilation;

namespace Ringfence.Workflows.Planning;

/// <summary>How many jobs of a workflow stand how: enough to tell the status of the workflow (EX-2.2 to EX-2.4).</summary>
internal readonly record struct Tally
{
    public int Open { get; init; }

    public int Active { get; init; }

    public int OnHold { get; init; }

    public int WaitingForLock { get; init; }

    public int Failures { get; init; }

    public int Unauthorized { get; init; }

    public int Canceled { get; init; }

    public int Worked { get; init; }

    /// <summary>Nothing can move any more though not all is over: jobs wait for each other.</summary>
    public bool IsStuck => Open > 0 && Active + OnHold + WaitingForLock == 0;

    public Tally With(JobType type, JobStatus status) => Add(type, status, 1);

    public Tally Without(JobType type, JobStatus status) => Add(type, status, -1);

    public WorkflowStatus StatusOf(WorkflowStop? stop) => Open == 0 ? Final(stop) : Live();

    /// <summary>EX-2.3.</summary>
    private WorkflowStatus Live() => this switch
    {
        { Active: > 0, Failures: > 0 } => WorkflowStatus.Failing,
        { Active: > 0 } => WorkflowStatus.Running,
        { OnHold: > 0 } => WorkflowStatus.OnHold,
        { WaitingForLock: > 0 } => WorkflowStatus.Queued,
        _ => WorkflowStatus.Running,
    };

    /// <summary>EX-2.4. A cancel of the whole that ended something comes first: a failing workflow becomes canceled by it (EX-2.2).</summary>
    private WorkflowStatus Final(WorkflowStop? stop) => (stop, this) switch
    {
        (WorkflowStop.Errored, _) => WorkflowStatus.Error,
        (WorkflowStop.Canceled, { Canceled: > 0 }) => WorkflowStatus.Canceled,
        (_, { Unauthorized: > 0 }) => WorkflowStatus.Unauthorized,
        (_, { Failures: > 0 }) => WorkflowStatus.Failed,
        (_, { Canceled: > 0 }) => WorkflowStatus.Canceled,
        (_, { Worked: 0 }) => WorkflowStatus.NotRun,
        _ => WorkflowStatus.Success,
    };

    private Tally Add(JobType type, JobStatus status, int by) => this with
    {
        Open = Open + (status.IsFinal() ? 0 : by),
        Active = Active + (status is JobStatus.NotRunning or JobStatus.Running || (status == JobStatus.Queued && type != JobType.Lock) ? by : 0),
        OnHold = OnHold + (status == JobStatus.OnHold ? by : 0),
        WaitingForLock = WaitingForLock + (status == JobStatus.Queued && type == JobType.Lock ? by : 0),
        Failures = Failures + (status.IsFailure() ? by : 0),
        Unauthorized = Unauthorized + (status == JobStatus.Unauthorized ? by : 0),
        Canceled = Canceled + (status == JobStatus.Canceled ? by : 0),
        Worked = Worked + (status.IsFinal() && status != JobStatus.NotRun ? by : 0),
    };
}
