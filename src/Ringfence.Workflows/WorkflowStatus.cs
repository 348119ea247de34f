namespace Ringfence.Workflows;

/// <summary>The status of a workflow (EX-2.1); <see cref="StatusTexts"/> has the words of the API.</summary>
public enum WorkflowStatus
{
    /// <summary>Something of it runs or is about to.</summary>
    Running,

    /// <summary>Nothing of it runs, and it waits for the lock of a serial group.</summary>
    Queued,

    /// <summary>Nothing of it runs, and it waits for an approval.</summary>
    OnHold,

    /// <summary>A job failed while others still run.</summary>
    Failing,

    /// <summary>Ended well.</summary>
    Success,

    /// <summary>Ended, and a job failed.</summary>
    Failed,

    /// <summary>Ended by a problem of the config or of the server.</summary>
    Error,

    /// <summary>Ended by a person, or a job of it was.</summary>
    Canceled,

    /// <summary>Ended, and a job was denied a context.</summary>
    Unauthorized,

    /// <summary>Ended without any work.</summary>
    NotRun,
}
