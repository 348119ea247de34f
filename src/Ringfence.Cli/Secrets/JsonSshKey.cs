using System.Globalization;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Secrets;

/// <summary>One key of <c>ssh-key list --format json</c>; it has no member for the private half.</summary>
internal sealed record JsonSshKey(string Sha256, string Md5, string PublicKey, string? Host, DateTimeOffset CreatedAt, string CreatedBy, bool MadeHere, DateTimeOffset? LastReleasedAt, string? LastReleasedTo)
{
    public static JsonSshKey Of(VaultSshKey key, LedgerEntry? release) => new(
        key.Sha256,
        key.Md5,
        key.PublicKey,
        key.Host.Length > 0 ? key.Host : null,
        key.CreatedAt,
        key.CreatedBy,
        key.IsMadeHere,
        release?.At,
        release?.Job is { } job ? string.Create(CultureInfo.InvariantCulture, $"{job.Name} #{job.Pipeline} of {job.Project}") : null);
}
