namespace Ringfence.Workflows;

/// <summary>The status of a job (EX-3.1); <see cref="StatusTexts"/> has the words of the API.</summary>
public enum JobStatus
{
    /// <summary>Waits for what it requires.</summary>
    Blocked,

    /// <summary>Was told to start and has not started yet.</summary>
    NotRunning,

    /// <summary>Waits for a machine, or for the lock of its serial group.</summary>
    Queued,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Waits for a person (EX-3.11).</summary>
    OnHold,

    /// <summary>Ended well.</summary>
    Success,

    /// <summary>A step of it failed.</summary>
    Failed,

    /// <summary>Was lost with its machine (EX-3.5).</summary>
    InfrastructureFail,

    /// <summary>Ran longer than it may (EX-3.10).</summary>
    TimedOut,

    /// <summary>Was ended by a person, by its workflow, or after too long a wait for a lock.</summary>
    Canceled,

    /// <summary>Was denied a context (CL-17.20).</summary>
    Unauthorized,

    /// <summary>Does not run: what it requires cannot come true any more.</summary>
    NotRun,

    /// <summary>Was followed by a rerun; known to readers of the older API only, the planner never gives it.</summary>
    Retried,

    /// <summary>Ended in a way that nobody saw; known to readers of the API only, the planner never gives it.</summary>
    TerminatedUnknown,
}
