using System.Collections.Immutable;

namespace Ringfence.Keep.Ledgers;

/// <summary>What was found in a ledger.</summary>
/// <param name="Entries">The entries that can be read, in the order of the file.</param>
/// <param name="Problems">What was done to it; empty when it is as the keep wrote it.</param>
/// <param name="Head">Its last entry.</param>
public sealed record LedgerReading(ImmutableArray<LedgerEntry> Entries, ImmutableArray<LedgerProblem> Problems, LedgerHead Head);
