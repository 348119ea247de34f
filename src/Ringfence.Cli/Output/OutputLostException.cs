namespace Ringfence.Cli.Output;

/// <summary>What a command prints cannot be written: the disk is full, or the reader has gone. The message says which.</summary>
internal sealed class OutputLostException(string message, bool isReaderGone) : IOException(message)
{
    /// <summary>Whether its reader has gone, as <c>head</c> does when it has enough.</summary>
    public bool IsReaderGone => isReaderGone;
}
