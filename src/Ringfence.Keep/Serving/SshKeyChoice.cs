using System.Collections.Immutable;
using Ringfence.Keep.Vaults;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Keep.Serving;

/// <summary>The SSH keys of a project that the steps of a job ask for (EX-7.61).</summary>
/// <param name="Keys">The keys; none when no step installs any.</param>
/// <param name="Readers">The numbers of the steps that can read them: the first that installs some, and all behind it, since they lie in files from then on.</param>
internal sealed record SshKeyChoice(ImmutableArray<VaultSshKey> Keys, ImmutableArray<int> Readers)
{
    private const string Kind = "add_ssh_keys";

    public static SshKeyChoice None { get; } = new([], []);

    public bool IsEmpty => Keys.IsEmpty;

    public static SshKeyChoice Of(IReadOnlyList<Step> steps, VaultOwner project)
    {
        var installing = steps.Where(step => step.Kind is Kind).ToList();
        ImmutableArray<VaultSshKey> keys = [.. project.SshKeys.Where(key => installing.Any(step => IsMeant(key, step)))];
        if (keys.IsEmpty)
            return None;
        var first = steps.TakeWhile(step => step.Kind is not Kind || !keys.Any(key => IsMeant(key, step))).Count();
        return new SshKeyChoice(keys, [.. Enumerable.Range(first, steps.Count - first)]);
    }

    private static bool IsMeant(VaultSshKey key, Step step) => step.Fingerprints.Count == 0 || step.Fingerprints.Any(key.Fingerprints.AreNamedBy);
}
