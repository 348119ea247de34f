namespace Ringfence.Keep.Ledgers;

/// <summary>The ledger was changed behind the keep's back, or cannot be written. The keep releases nothing then.</summary>
public sealed class LedgerException : Exception
{
    /// <summary>Makes one.</summary>
    public LedgerException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public LedgerException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
