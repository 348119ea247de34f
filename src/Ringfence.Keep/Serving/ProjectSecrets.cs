using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;

namespace Ringfence.Keep.Serving;

/// <summary>Whether the jobs of a project may have secrets of the project's own, told without the keys. In doubt they may: the keep, once asked, gives them or says what is wrong.</summary>
/// <param name="folder">The keep.</param>
/// <param name="slug">The project.</param>
public sealed class ProjectSecrets(KeepFolder folder, string slug)
{
    private readonly string _key = VaultOwner.KeyOfProject(slug);

    // Once for all jobs of a run: what is changed meanwhile no longer agrees with it, and then the keep is asked.
    private readonly Lazy<(bool IsSound, string? Digest)> _recorded = new(() => Recorded(folder, VaultOwner.KeyOfProject(slug)));

    /// <summary>Whether a job may have some.</summary>
    /// <param name="installsKeys">Whether it installs SSH keys.</param>
    /// <exception cref="VaultException">What is stored cannot be read.</exception>
    public bool MayBeThere(bool installsKeys)
    {
        if (!folder.Exists)
            return false;
        var stored = folder.Vault.FindWithDigest(_key);
        if (stored is { Owner: var owner } && (owner.Living.Any() || (installsKeys && !owner.SshKeys.IsEmpty)))
            return true;

        // Nothing there, or an older state, does not mean that the project has none: the ledger knows.
        return folder.LacksLedger || !_recorded.Value.IsSound || _recorded.Value.Digest != stored?.Digest;
    }

    private static (bool IsSound, string? Digest) Recorded(KeepFolder folder, string key)
    {
        try
        {
            var ledger = StoredSecrets.ReadLedger(folder);
            var recorded = new RecordedOwners();
            recorded.CatchUp(ledger.Entries);
            return (ledger.Problems.All(p => p.Kind == LedgerProblemKind.Unfinished), recorded.DigestOf(key));
        }
        catch (Exception e) when (e is LedgerException or IOException or UnauthorizedAccessException)
        {
            return (false, null);
        }
    }
}
