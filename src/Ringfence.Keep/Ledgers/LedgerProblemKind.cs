namespace Ringfence.Keep.Ledgers;

/// <summary>The ways in which a ledger can be found changed.</summary>
public enum LedgerProblemKind
{
    /// <summary>A line was edited, or somebody else wrote it.</summary>
    Edited,

    /// <summary>Entries are missing between two lines.</summary>
    Deleted,

    /// <summary>Entries stand in another order, or twice.</summary>
    Reordered,

    /// <summary>Entries are missing at the end.</summary>
    Truncated,

    /// <summary>An entry that somebody has kept the hash of is another one now.</summary>
    Replaced,

    /// <summary>The keep's own note of the last entry is gone, or ends long before the ledger.</summary>
    Unnoted,

    /// <summary>The last line is not whole: the keep was interrupted while it wrote, before it answered.</summary>
    Unfinished,
}
