using System.Collections.Immutable;
using System.Text;

namespace Ringfence.Agent.InJob.Globbing;

/// <summary>
/// Writes a pattern out for each choice in its braces, as they are meant: <c>{**,a}/x</c> is <c>**/x</c> and <c>a/x</c>, where <c>**/</c> has its own meaning.
/// </summary>
internal static class GlobBraces
{
    private const int MostPatterns = 1000;
    private const int MostBraces = 100;
    private const int Longest = 4096;

    /// <summary>The patterns without braces. Where there would be too many, or the braces are wrong, the pattern itself: the automaton reads braces too, but no <c>**/</c> that is put together.</summary>
    public static ImmutableArray<string> Expand(string pattern)
    {
        if (pattern.Length > Longest || pattern.Count(c => c == '{') is 0 or > MostBraces)
            return [pattern];
        var done = ImmutableArray.CreateBuilder<string>();
        var open = new Stack<string>([pattern]);
        while (open.TryPop(out var next))
        {
            if (!TrySplit(next, out var choices))
                return [pattern];
            if (choices.IsEmpty)
                done.Add(next);
            else
                choices.Reverse().ToList().ForEach(open.Push);
            if (done.Count + open.Count > MostPatterns)
                return [pattern];
        }

        return done.ToImmutable();
    }

    /// <summary>Writes the first braces out; nothing when there are none. False when they, or a set before them, have no end.</summary>
    private static bool TrySplit(string pattern, out ImmutableArray<string> choices)
    {
        choices = [];
        var (first, depth, part) = (-1, 0, 0);
        var parts = new List<string>();
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    if (EndOfSet(pattern, at) is not { } end)
                        return false;
                    at = end;
                    break;
                case '{' when ++depth == 1:
                    (first, part) = (at, at + 1);
                    break;
                case ',' when depth == 1:
                    parts.Add(pattern[part..at]);
                    part = at + 1;
                    break;
                case '}' when depth > 0 && --depth == 0:
                    parts.Add(pattern[part..at]);
                    var (before, after) = (pattern[..first], pattern[(at + 1)..]);
                    choices = [.. parts.Select(choice => new StringBuilder(before).Append(choice).Append(after).ToString())];
                    return true;
            }
        }

        return depth == 0;
    }

    private static int? EndOfSet(string pattern, int start)
    {
        var at = start + 1;
        if (at < pattern.Length && pattern[at] is '!' or '^')
            at++;
        for (var first = at; at < pattern.Length; at++)
        {
            if (pattern[at] == ']' && at > first)
                return at;
            if (pattern[at] == '\\')
                at++;
        }

        return null;
    }
}
