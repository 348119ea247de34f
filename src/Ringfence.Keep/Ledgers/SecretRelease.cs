using System.Collections.Immutable;

namespace Ringfence.Keep.Ledgers;

/// <summary>One variable that one attempt of one job could read.</summary>
/// <param name="Entry">The number of the ledger's entry.</param>
/// <param name="At">When it was released.</param>
/// <param name="By">Whose rights it was released by.</param>
/// <param name="Job">The attempt.</param>
/// <param name="Variable">The variable.</param>
public sealed record SecretRelease(long Entry, DateTimeOffset At, string By, LedgerJob Job, LedgerVariable Variable)
{
    /// <summary>The names of the steps that could read it.</summary>
    public ImmutableArray<string> Steps => Variable.Steps is { } numbers
        ? [.. numbers.Where(n => n >= 0 && n < Job.Steps.Length).Select(n => Job.Steps[n])]
        : Job.Steps;

    /// <summary>Whether a fence kept it from other steps.</summary>
    public bool IsFenced => Variable.Steps is not null;
}
