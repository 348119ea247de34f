using Ringfence.Cli.Run;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Secrets;

/// <summary>One secret in the inventory (INC-10).</summary>
/// <param name="Owner">What holds it.</param>
/// <param name="Variable">What is known of it.</param>
internal sealed record InventoryRow(VaultOwner Owner, VaultVariable Variable)
{
    /// <summary>The last time a job got it; null when none has.</summary>
    public SecretRelease? LastRelease { get; init; }

    /// <summary>The last time a job got it of which a step refers to it, as far as the runs that are kept tell; null when none does.</summary>
    public SecretReferenceRecord? LastReference { get; init; }

    /// <summary>Other places that hold the same value, such as <c>NAME in release</c>.</summary>
    public IReadOnlyList<string> SameAs { get; init; } = [];

    /// <summary>Whether it was removed, alone or with its context.</summary>
    public bool IsRemoved => Variable.RemovedAt is not null;

    /// <summary>Whether it ought to have been replaced (INC-14).</summary>
    public bool IsOverdue(DateTimeOffset now) => !IsRemoved && Variable.Deadline <= now;
}
