namespace Ringfence.Cli.Output;

/// <summary>What a command prints cannot be written: the disk is full, or the reader has gone. The message says which.</summary>
internal sealed class OutputLostException(string message) : IOException(message);
