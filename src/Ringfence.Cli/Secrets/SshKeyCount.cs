using System.Globalization;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Secrets;

/// <summary>Points from lists of variables to the SSH keys, which have a list of their own.</summary>
internal static class SshKeyCount
{
    /// <summary>A sentence on how many SSH keys there are besides; null when there are none.</summary>
    public static string? Of(IEnumerable<VaultOwner> owners) => owners.Sum(owner => owner.SshKeys.Length) switch
    {
        0 => null,
        1 => "There is one SSH key besides: 'ringfence ssh-key list'.",
        var count => string.Create(CultureInfo.InvariantCulture, $"There are {count} SSH keys besides: 'ringfence ssh-key list'."),
    };
}
