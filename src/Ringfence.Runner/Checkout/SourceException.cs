namespace Ringfence.Runner.Checkout;

/// <summary>The code of a run cannot be had. The message is one sentence for a person.</summary>
public sealed class SourceException : Exception
{
    /// <summary>Without a message.</summary>
    public SourceException()
    {
    }

    /// <summary>With the sentence.</summary>
    public SourceException(string message)
        : base(message)
    {
    }

    /// <summary>With the sentence and the cause.</summary>
    public SourceException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>With the sentence, and what to do about it.</summary>
    public SourceException(string message, string hint)
        : base(message) => Hint = hint;

    /// <summary>What to do about it; may be empty.</summary>
    public string Hint { get; } = "";
}
