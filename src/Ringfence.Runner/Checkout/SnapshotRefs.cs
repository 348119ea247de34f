using System.Text;

namespace Ringfence.Runner.Checkout;

/// <summary>The branches and tags of a snapshot: those that a clone of the origin would have, and the one local branch that the run is on (EX-7.11).</summary>
internal sealed class SnapshotRefs(SourceRequest request, string revision)
{
    private const string Heads = "refs/heads/";
    private const string Remotes = "refs/remotes/origin/";
    private const string Tags = "refs/tags/";

    /// <summary>How the refs of a repository are asked for.</summary>
    public static IReadOnlyList<string> Question { get; } = ["for-each-ref", "--format=%(objectname) %(refname)", Heads, Remotes, Tags];

    /// <summary>The file <c>packed-refs</c> of the snapshot.</summary>
    /// <param name="answer">What git answered to the <see cref="Question"/>.</param>
    /// <param name="tagIsRight">Whether the repository has the tag at the revision.</param>
    public string Pack(string answer, bool tagIsRight)
    {
        var there = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).Where(p => p.Length == 2).ToDictionary(p => p[1], p => p[0], StringComparer.Ordinal);
        var refs = there.Where(r => r.Key.StartsWith(Tags, StringComparison.Ordinal) || (r.Key.StartsWith(Remotes, StringComparison.Ordinal) && r.Key != Remotes + "HEAD"))
            .ToDictionary(StringComparer.Ordinal);
        // Without an origin the repository is its own.
        if (!refs.Keys.Any(name => name.StartsWith(Remotes, StringComparison.Ordinal)))
        {
            foreach (var (name, commit) in there.Where(r => r.Key.StartsWith(Heads, StringComparison.Ordinal)))
                refs[Remotes + name[Heads.Length..]] = commit;
        }

        if (revision.Length > 0 && request.Branch.Length > 0)
        {
            Put(refs, Heads + request.Branch);
            // A run is of a commit that has been pushed, or as if it were.
            Put(refs, Remotes + request.Branch);
        }

        if (revision.Length > 0 && request.Tag.Length > 0 && !tagIsRight)
            Put(refs, Tags + request.Tag);

        var text = new StringBuilder();
        foreach (var (name, commit) in refs.OrderBy(r => r.Key, StringComparer.Ordinal))
            text.Append(commit).Append(' ').Append(name).Append('\n');
        return text.ToString();
    }

    private void Put(Dictionary<string, string> refs, string name)
    {
        // git has no branch a/b beside a branch a.
        foreach (var other in refs.Keys.Where(o => o.StartsWith(name + "/", StringComparison.Ordinal) || name.StartsWith(o + "/", StringComparison.Ordinal)).ToList())
            refs.Remove(other);
        refs[name] = revision;
    }
}
