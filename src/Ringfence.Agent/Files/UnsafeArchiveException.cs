namespace Ringfence.Agent.Files;

/// <summary>An archive has an entry that would be written somewhere else than it says.</summary>
internal sealed class UnsafeArchiveException(string message) : IOException(message);
