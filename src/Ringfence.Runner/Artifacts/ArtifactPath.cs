using System.Text;

namespace Ringfence.Runner.Artifacts;

/// <summary>The names of artifacts (EX-7.45, EX-7.47).</summary>
public static class ArtifactPath
{
    /// <summary>
    /// The path that artifacts are named after (EX-7.45): as it is written from the working directory while it stays in there, otherwise the whole path. There
    /// are no <c>..</c> and no <c>~</c> in it.
    /// </summary>
    /// <param name="written">As in the config.</param>
    /// <param name="full">What it stands for in the sandbox.</param>
    /// <param name="workingDirectory">The job's, in the sandbox.</param>
    public static string Resolved(string written, string full, string workingDirectory)
    {
        ArgumentNullException.ThrowIfNull(written);
        full = Path.GetFullPath(full);
        if (written is "~" or ['/', ..] or ['~', '/', ..])
            return full;
        var relative = Path.GetRelativePath(workingDirectory, full);
        return relative is ".." || relative.StartsWith("../", StringComparison.Ordinal) ? full : relative;
    }

    /// <summary>What stands before the names of the files, or is the name of the one file: the destination, or the path without its first slash.</summary>
    public static string Destination(ArtifactRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var destination = Trimmed(request.Destination ?? request.Path);
        // A destination that ends in a slash is a folder, also for one file.
        return request.IsFile && request.Destination is { } given && (given.EndsWith('/') || destination.Length == 0)
            ? Joined(destination, Trimmed(request.Path).Split('/')[^1])
            : destination;
    }

    /// <summary>A name as it stands in the address of an artifact, in the manner of Java's URLEncoder; slashes stay.</summary>
    public static string UrlEncoded(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(path))
        {
            var c = (char)unit;
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '*' or '_' or '/')
                text.Append(c);
            else if (c == ' ')
                text.Append('+');
            else
                text.Append('%').Append(Convert.ToHexString([unit]));
        }

        return text.ToString();
    }

    internal static string Of(ArtifactRequest request, string destination, string name) => request.IsFile ? destination : Joined(destination, name);

    private static string Joined(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static string Trimmed(string path)
    {
        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToArray();
        return string.Join('/', parts);
    }
}
