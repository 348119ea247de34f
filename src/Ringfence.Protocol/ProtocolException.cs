namespace Ringfence.Protocol;

/// <summary>The other end of a stream does not speak the protocol, or stopped in the middle of it.</summary>
public sealed class ProtocolException : IOException
{
    /// <summary>Without a message.</summary>
    public ProtocolException()
    {
    }

    /// <summary>With one sentence that says what was wrong.</summary>
    public ProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>With one sentence that says what was wrong, and what was noticed first.</summary>
    public ProtocolException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
