namespace Ringfence.Runner.Archives;

/// <summary>A tar is not taken: it is malformed, it would write outside its folder, or it is too large. The message is one sentence.</summary>
public sealed class ArchiveException : Exception
{
    internal ArchiveException(string message)
        : base(message)
    {
    }

    internal ArchiveException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
