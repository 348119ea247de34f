using System.Text;
using Ringfence.Config.Orbs;
using Ringfence.Primitives;

namespace Ringfence.Cli.Orbs;

/// <summary>Finds registry orbs in the store of this machine.</summary>
internal sealed class StoredOrbs(OrbStore store) : IOrbSource
{
    private const int MostVersionsShown = 8;

    /// <inheritdoc/>
    public OrbLookup Find(OrbReference reference)
    {
        if (reference is not OrbReference.Registry registry)
            return new OrbLookup.Missing("The store holds registry orbs only.");
        if (store.Resolve(registry) is not { } version)
            return new OrbLookup.Missing(Hint(registry));

        try
        {
            if (store.Read(version) is { } content)
                return new OrbLookup.Found(version.ToString(), new SourceText(version.ToString(), Encoding.UTF8.GetString(content)), Digest.Of(content).ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new OrbLookup.Refused($"The file of {version} in the orb store cannot be read.", $"Check the rights below {store.Root}.");
        }

        return new OrbLookup.Missing(Hint(registry));
    }

    private string Hint(OrbReference.Registry wanted)
    {
        var exact = OrbVersion.Of(wanted) is not null ? wanted.Version : Lowest(wanted.Version);
        var command = $"Add it with 'ringfence orb add {wanted.FullName}@{exact} FILE|DIR'";
        var there = store.Versions(wanted.Namespace, wanted.Name);
        if (there.Length == 0)
            return $"{command}; the orb store has no version of {wanted.FullName}.";

        // The newest published ones are the likeliest to be meant.
        var shown = there.Where(v => v.IsPublished).Reverse().Concat(there.Where(v => !v.IsPublished)).Take(MostVersionsShown).Select(v => v.Version);
        var more = there.Length > MostVersionsShown ? $" and {there.Length - MostVersionsShown} more" : "";
        return $"{command}; the orb store has {wanted.FullName} {string.Join(", ", shown)}{more}.";
    }

    /// <summary>An exact version that a range would accept.</summary>
    private static string Lowest(string range) => range switch
    {
        "volatile" => "1.0.0",
        _ when range.Contains('.', StringComparison.Ordinal) => range + ".0",
        _ => range + ".0.0",
    };
}
