using System.Collections.Frozen;
using System.Text;

namespace Ringfence.Config.Expressions;

/// <summary>Unicode's simple case folding, for <c>(?i)</c>: which characters differ in case only, such as k, K and the Kelvin sign.</summary>
internal static class CaseFolding
{
    // Beyond this no character has case.
    private const int LastCased = 0x1FFFF;

    private static readonly Lazy<FrozenDictionary<int, int[]>> Others = new(FindOthers);

    /// <summary>The set together with all case variants of its members.</summary>
    public static CodePointSet Fold(CodePointSet set)
    {
        var ranges = new List<CodePointRange>(set.Ranges);
        foreach (var (codePoint, others) in Others.Value)
        {
            if (set.Contains(codePoint))
                ranges.AddRange(others.Select(other => new CodePointRange(other, other)));
        }

        return CodePointSet.Of(ranges);
    }

    private static FrozenDictionary<int, int[]> FindOthers()
    {
        var groups = new Dictionary<int, List<int>>();
        for (var codePoint = 0; codePoint <= LastCased; codePoint++)
        {
            // The dotted capital I and the dotless small one fold to nothing but themselves.
            if (!Rune.TryCreate(codePoint, out var rune) || codePoint is 0x130 or 0x131)
                continue;

            // Without ICU, .NET leaves out the long s; with it, it does not.
            var folded = codePoint == 0x17F ? 's' : Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).Value;
            if (groups.TryGetValue(folded, out var group))
                group.Add(codePoint);
            else
                groups.Add(folded, [codePoint]);
        }

        return groups.Values.Where(group => group.Count > 1)
            .SelectMany(group => group.Select(member => (member, others: group.Where(other => other != member).ToArray())))
            .ToFrozenDictionary(pair => pair.member, pair => pair.others);
    }
}
