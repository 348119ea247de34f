using System.Text;
using Ringfence.Config;
using Ringfence.Config.Orbs;
using Ringfence.Primitives;

namespace Ringfence.Cli.Orbs;

/// <summary>Fetches URL orbs (CL-15.7): https only, from allowed addresses only, and at most every five minutes.</summary>
/// <remarks>For one compilation, because it counts the addresses.</remarks>
internal sealed class UrlOrbs(OrbUrlAllowList allowed, UrlOrbCache cache, OrbDownload download) : IOrbSource
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public OrbLookup Find(OrbReference reference)
    {
        if (reference is not OrbReference.Url { Address: var address })
            return new OrbLookup.Missing("Only URL orbs are fetched.");
        if (!allowed.Allows(address))
        {
            return new OrbLookup.Refused(
                $"The URL orb {address.OriginalString} is not allowed.",
                $"Allow its folder with '--allow-orb-url {Folder(address)}' or in {OrbUrlAllowList.Variable}.");
        }

        if (_asked.Add(address.AbsoluteUri) && _asked.Count > Limits.Default.UrlOrbs)
            return new OrbLookup.Refused($"A config may use at most {Limits.Default.UrlOrbs} URL orbs.", "Put several orbs into one.");

        if (cache.Read(address) is { } fresh)
            return Found(address, fresh);

        switch (download.Get(address, allowed))
        {
            case OrbDownloadResult.Fetched(var content):
                cache.Write(address, content);
                return Found(address, content);
            case OrbDownloadResult.Failed(var reason, var hint):
                return new OrbLookup.Refused(reason, hint);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static OrbLookup.Found Found(Uri address, byte[] content) =>
        new(address.OriginalString, new SourceText(address.OriginalString, Encoding.UTF8.GetString(content)), Digest.Of(content).ToString());

    private static string Folder(Uri address)
    {
        var url = address.GetLeftPart(UriPartial.Path);
        return url[..(url.LastIndexOf('/') + 1)];
    }
}
