namespace Ringfence.Cli.Git;

/// <summary>The repository that <c>origin</c> names.</summary>
/// <param name="Url">Where it can be looked at, such as <c>https://github.com/owner/name</c>; never with user name and password.</param>
/// <param name="Owner">What stands between the host and the name.</param>
/// <param name="Name">The last part, without <c>.git</c>.</param>
internal sealed record GitRemote(string Url, string Owner, string Name)
{
    /// <summary>Reads the URL of <c>origin</c> from a git config file; null when there is none.</summary>
    public static GitRemote? Read(string configPath) =>
        // Of several, git fetches from the first.
        GitConfigText.ReadFile(configPath).FirstOrDefault(setting => setting.Name == "remote.origin.url").Value is { } url ? Parse(url) : null;

    /// <summary>Reads a URL in one of git's forms: <c>https://…</c>, <c>ssh://git@…</c> or <c>git@host:owner/name.git</c>; null for a folder.</summary>
    public static GitRemote? Parse(string text)
    {
        string host, path;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.IsFile)
            return null;
        if (url?.Host.Length > 0)
            (host, path) = (url.Scheme is "http" or "https" && !url.IsDefaultPort ? url.Authority : url.Host, url.AbsolutePath);
        else if (text.Split(':', 2) is [var before, var after] && !before.Contains('/', StringComparison.Ordinal) && before.Length > 1)
            (host, path) = (before[(before.LastIndexOf('@') + 1)..], after);
        else
            return null;

        // What is no name of a host would be read as another one where it stands in an address, as 'github.com#.example' would.
        if (url is null && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return null;

        path = path.Trim('/');
        if (path.EndsWith(".git", StringComparison.Ordinal))
            path = path[..^".git".Length];
        var slash = path.LastIndexOf('/');
        return slash <= 0 ? null : new GitRemote($"https://{host}/{path}", path[..slash], path[(slash + 1)..]);
    }
}
