namespace Ringfence.Keep.Ledgers;

/// <summary>Something that was done to a ledger behind the keep's back.</summary>
/// <param name="Kind">What.</param>
/// <param name="Line">The line of the file, from 1; 0 for the file as a whole.</param>
/// <param name="Text">What is wrong there.</param>
public sealed record LedgerProblem(LedgerProblemKind Kind, long Line, string Text);
