namespace Ringfence.Runner.Checkout;

/// <summary>The URL of a remote without the user names, passwords and tokens that people put into it.</summary>
internal static class OriginUrl
{
    /// <summary>The URL as a job may see it; null when it cannot be told where a password in it would be.</summary>
    public static string? WithoutCredentials(string url)
    {
        if (url.Length == 0 || url.Any(char.IsControl))
            return null;
        var colon = url.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0)
            return url;

        var start = colon + 3;
        var end = url.AsSpan(start).IndexOfAny('/', '?', '#') is >= 0 and var length ? start + length : url.Length;
        var authority = url[start..end];
        var at = authority.LastIndexOf('@');
        var user = at < 0 ? "" : authority[..at];
        var host = authority[(at + 1)..];
        // A password with a slash in it ends the host early.
        if (!HasPlainPort(host))
            return null;

        var scheme = url[..colon];
        if (scheme.EndsWith("ssh", StringComparison.OrdinalIgnoreCase))
        {
            // The user of an SSH URL says which server, as in git@; it opens nothing.
            var name = user.Split(':')[0];
            return $"{scheme}://{(name.Length == 0 ? "" : name + "@")}{host}{url[end..]}";
        }

        var path = url[end..];
        return $"{scheme}://{host}{(path.AsSpan().IndexOfAny('?', '#') is >= 0 and var query ? path[..query] : path)}";
    }

    private static bool HasPlainPort(string host)
    {
        var after = host.StartsWith('[') ? host[(host.IndexOf(']', StringComparison.Ordinal) + 1)..] : host;
        var colon = after.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || after.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
