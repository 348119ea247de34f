namespace Ringfence.Config.Values;

/// <summary>What a working copy says about itself, for values of a local run (CL-23.2). Empty text where it does not say.</summary>
public sealed record GitFacts
{
    /// <summary>Knows nothing.</summary>
    public static GitFacts None { get; } = new();

    /// <summary>The branch; empty when none is checked out.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The tag at the commit; of several the first in ordinal order; empty when there is none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The full hash of the commit.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Where the repository can be looked at, such as <c>https://github.com/owner/name</c>. It MUST NOT hold credentials.</summary>
    public string RepositoryUrl { get; init; } = "";

    /// <summary>Who owns the repository.</summary>
    public string RepositoryOwner { get; init; } = "";

    /// <summary>The name of the repository, without its owner.</summary>
    public string RepositoryName { get; init; } = "";

    /// <summary>The first line of the message of the commit.</summary>
    public string CommitSubject { get; init; } = "";

    /// <summary>The message of the commit without its first line.</summary>
    public string CommitBody { get; init; } = "";

    /// <summary>Who wrote the commit.</summary>
    public string AuthorName { get; init; } = "";

    /// <summary>The address of who wrote the commit.</summary>
    public string AuthorEmail { get; init; } = "";

    /// <summary>The kind of forge, by the host of <see cref="RepositoryUrl"/>; <c>github</c> when the host is no known one, as in CircleCI's CLI.</summary>
    public string ProjectType =>
        Uri.TryCreate(RepositoryUrl, UriKind.Absolute, out var url)
            ? url.Host switch { "bitbucket.org" => "bitbucket", "gitlab.com" => "gitlab", _ => "github" }
            : "github";

    /// <summary>
    /// The project as CircleCI names it, such as <c>gh/owner/name</c>; with the CLI's placeholders for what is not known. On a host that CircleCI has no
    /// letters for, the host stands there: secrets and caches belong to slugs, and whoever has a host can have any owner and name on it.
    /// </summary>
    public string ProjectSlug
    {
        get
        {
            var forge = Uri.TryCreate(RepositoryUrl, UriKind.Absolute, out var url) ? ForgeOf(url) : "gh";
            var owner = RepositoryOwner.Length > 0 ? RepositoryOwner : "repo-owner";
            return $"{forge}/{owner}/{(RepositoryName.Length > 0 ? RepositoryName : "repo-name")}";
        }
    }

    private static string ForgeOf(Uri url) => url.Host switch
    {
        "github.com" or "www.github.com" or "ssh.github.com" => "gh",
        "bitbucket.org" or "altssh.bitbucket.org" => "bb",
        "gitlab.com" or "altssh.gitlab.com" => "gl",

        // A name of one's own for a host, as in SSH's config. With the dot it is the same host, and no forge.
        "gh" or "bb" or "gl" or "local" or "circleci" => $"{url.Authority}.",
        _ => url.Authority,
    };
}
