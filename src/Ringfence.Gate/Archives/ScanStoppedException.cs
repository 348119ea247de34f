namespace Ringfence.Gate.Archives;

/// <summary>A limit ended the look into one archive. The message is one sentence.</summary>
internal sealed class ScanStoppedException(string message) : IOException(message);
