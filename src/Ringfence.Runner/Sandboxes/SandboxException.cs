namespace Ringfence.Runner.Sandboxes;

/// <summary>A sandbox cannot be had, or broke. The message is one sentence for a person.</summary>
public sealed class SandboxException : Exception
{
    /// <summary>Without a message.</summary>
    public SandboxException()
    {
    }

    /// <summary>With the sentence.</summary>
    public SandboxException(string message)
        : base(message)
    {
    }

    /// <summary>With the sentence and the cause.</summary>
    public SandboxException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>With the sentence, what to do about it, and whose fault it is.</summary>
    public SandboxException(string message, string hint, bool isFaultOfJob = false)
        : base(message) => (Hint, IsFaultOfJob) = (hint, isFaultOfJob);

    /// <summary>With all of it.</summary>
    public SandboxException(string message, string hint, bool isFaultOfJob, Exception inner)
        : base(message, inner) => (Hint, IsFaultOfJob) = (hint, isFaultOfJob);

    /// <summary>What to do about it; may be empty.</summary>
    public string Hint { get; } = "";

    /// <summary>Whether the config is wrong, such as an image that does not exist, so that trying again is no use; otherwise the infrastructure failed (EX-3.5).</summary>
    public bool IsFaultOfJob { get; }
}
