namespace Ringfence.Runner.Agents;

/// <summary>The agent, or the sandbox around it, ended while something was expected of it: an infrastructure failure of the job.</summary>
public sealed class AgentLostException : IOException
{
    private const string Sentence = "The sandbox ended while the job was running.";

    /// <summary>Without a cause.</summary>
    public AgentLostException()
        : base(Sentence)
    {
    }

    /// <summary>With a sentence of its own.</summary>
    public AgentLostException(string message)
        : base(message)
    {
    }

    /// <summary>With what was noticed first.</summary>
    public AgentLostException(Exception inner)
        : base(Sentence, inner)
    {
    }

    /// <summary>With a sentence of its own and what was noticed first.</summary>
    public AgentLostException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
