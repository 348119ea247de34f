using Ringfence.Protocol.Agents;

namespace Ringfence.Runner.Agents;

/// <summary>The agent could not do what it was asked: a file is not there, the disk is full, a program cannot be started.</summary>
public sealed class AgentRefusedException : IOException
{
    /// <summary>Without a message.</summary>
    public AgentRefusedException()
    {
    }

    /// <summary>With a message.</summary>
    public AgentRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public AgentRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>With what the agent said.</summary>
    public AgentRefusedException(Failure failure)
        : base(failure?.Message)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Kind = failure.Kind;
        RefusedPath = failure.Path;
    }

    /// <summary>What kind of failure it is.</summary>
    public FailureKind Kind { get; }

    /// <summary>The path in the sandbox that it is about; may be empty.</summary>
    public string RefusedPath { get; } = "";
}
