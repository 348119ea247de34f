namespace Ringfence.Runner.Blobs;

/// <summary>The disk did not do what a store needs: it is full, or a file cannot be read or written. The message is one sentence for the user.</summary>
public class StoreException : Exception
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT on Linux
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <param name="message">One sentence that says what to do.</param>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <param name="message">One sentence that says what to do.</param>
    /// <param name="inner">What the system said.</param>
    public StoreException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal static StoreException Writing(string folder, Exception inner) => inner.HResult is NoSpace or QuotaExceeded or WindowsDiskFull
        ? new StoreException($"The disk that holds {folder} is full: free some space, or remove old caches with 'ringfence cache prune'.", inner)
        : new StoreException($"Cannot write to {folder}: {inner.Message}", inner);

    internal static StoreException Reading(string folder, Exception inner) => new($"Cannot read {folder}: {inner.Message}", inner);
}
