namespace Ringfence.Keep.Ledgers;

/// <summary>Another process is the keep of this ledger now. Waiting helps.</summary>
public sealed class LedgerInUseException : LedgerException
{
    /// <summary>Makes one.</summary>
    public LedgerInUseException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
