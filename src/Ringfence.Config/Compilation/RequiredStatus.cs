namespace Ringfence.Config.Compilation;

/// <summary>An outcome of a job that another can wait for (CL-17.3).</summary>
public enum RequiredStatus
{
    /// <summary><c>success</c></summary>
    Success,

    /// <summary><c>failed</c></summary>
    Failed,

    /// <summary><c>canceled</c></summary>
    Canceled,

    /// <summary><c>unauthorized</c></summary>
    Unauthorized,

    /// <summary><c>not_run</c></summary>
    NotRun,
}
