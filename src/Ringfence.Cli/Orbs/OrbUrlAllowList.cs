using System.Collections.Immutable;

namespace Ringfence.Cli.Orbs;

/// <summary>The addresses below which orbs may be fetched (CL-15.7). Nothing is allowed unless it is named.</summary>
internal sealed class OrbUrlAllowList
{
    /// <summary>Holds more prefixes, with blanks between them.</summary>
    public const string Variable = "RINGFENCE_ORB_URLS";

    private OrbUrlAllowList(ImmutableArray<Uri> prefixes) => Prefixes = prefixes;

    /// <summary>The prefixes.</summary>
    public ImmutableArray<Uri> Prefixes { get; }

    /// <summary>Reads prefixes; <paramref name="whyNot"/> is one sentence when one of them is not safe to use.</summary>
    public static OrbUrlAllowList? Parse(IEnumerable<string> prefixes, out string? whyNot)
    {
        whyNot = null;
        var parsed = ImmutableArray.CreateBuilder<Uri>();
        foreach (var text in prefixes)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var prefix) || prefix.Scheme != Uri.UriSchemeHttps || prefix.UserInfo.Length > 0
                || prefix.Query.Length > 0 || prefix.Fragment.Length > 0 || !prefix.AbsolutePath.EndsWith('/') || !text.EndsWith('/'))
            {
                // Without the slash at the end, https://example.com would allow https://example.com.evil.org too.
                whyNot = $"'{text}' cannot be an allowed address for orbs: it must begin with https:// and end with a slash.";
                return null;
            }

            parsed.Add(prefix);
        }

        return new OrbUrlAllowList(parsed.ToImmutable());
    }

    /// <summary>Whether an address lies below one of the prefixes.</summary>
    public bool Allows(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0 && !HidesPath(address) && Prefixes.Any(p => IsBelow(address, p));

    private static bool IsBelow(Uri address, Uri prefix) =>
        string.Equals(address.IdnHost, prefix.IdnHost, StringComparison.OrdinalIgnoreCase)
        && address.Port == prefix.Port
        && address.AbsolutePath.StartsWith(prefix.AbsolutePath, StringComparison.Ordinal);

    // Some servers decode these before they look at the path, and would leave the folder that was allowed.
    private static bool HidesPath(Uri address) =>
        address.OriginalString.Contains("%2e", StringComparison.OrdinalIgnoreCase)
        || address.OriginalString.Contains("%2f", StringComparison.OrdinalIgnoreCase)
        || address.OriginalString.Contains("%5c", StringComparison.OrdinalIgnoreCase)
        || address.OriginalString.Contains('\\', StringComparison.Ordinal);
}
