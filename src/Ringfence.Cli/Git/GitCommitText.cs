using Ringfence.Config.Values;

namespace Ringfence.Cli.Git;

/// <summary>Reads a commit as git stores it: header lines, an empty line, the message.</summary>
internal static class GitCommitText
{
    /// <summary>Adds author and message to what is known.</summary>
    public static GitFacts AddTo(GitFacts facts, string commit)
    {
        var end = commit.IndexOf("\n\n", StringComparison.Ordinal);
        var header = end < 0 ? commit : commit[..end];
        var message = end < 0 ? "" : commit[(end + 2)..].Trim('\n');
        var author = header.Split('\n').FirstOrDefault(l => l.StartsWith("author ", StringComparison.Ordinal))?["author ".Length..] ?? "";
        var (open, close) = (author.LastIndexOf('<'), author.LastIndexOf('>'));
        var subjectEnd = message.IndexOf("\n\n", StringComparison.Ordinal);

        // Git's own subject is the first paragraph, joined to one line.
        return facts with
        {
            AuthorName = open > 0 ? author[..open].Trim() : "",
            AuthorEmail = open >= 0 && close > open ? author[(open + 1)..close] : "",
            CommitSubject = (subjectEnd < 0 ? message : message[..subjectEnd]).Replace('\n', ' '),
            CommitBody = subjectEnd < 0 ? "" : message[(subjectEnd + 2)..].TrimStart('\n'),
        };
    }
}
