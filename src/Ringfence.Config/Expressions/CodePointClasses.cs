using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Ringfence.Config.Expressions;

/// <summary>The named character classes of RE2: Perl's (ASCII only), POSIX's, and the general categories of Unicode.</summary>
internal static class CodePointClasses
{
    private static readonly CodePointSet Digits = Chars("09");

    // What lies beyond the basic plane is in no category: hundreds of surrogate pairs would cost seconds for each class.
    private const int LastSorted = 0xFFFF;

    private static readonly FrozenDictionary<string, CodePointSet> PosixClasses = new Dictionary<string, CodePointSet>(StringComparer.Ordinal)
    {
        ["alnum"] = Chars("09AZaz"),
        ["alpha"] = Chars("AZaz"),
        ["ascii"] = Chars("\0\x7F"),
        ["blank"] = Chars("\t\t  "),
        ["cntrl"] = Chars("\0\x1F\x7F\x7F"),
        ["digit"] = Digits,
        ["graph"] = Chars("!~"),
        ["lower"] = Chars("az"),
        ["print"] = Chars(" ~"),
        ["punct"] = Chars("!/:@[`{~"),
        ["space"] = Chars("\t\r  "),
        ["upper"] = Chars("AZ"),
        ["word"] = Chars("09AZ__az"),
        ["xdigit"] = Chars("09AFaf"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Two-letter names of the categories in the order of UnicodeCategory; Cn is left out, as RE2 has no table for it.
    private static readonly ImmutableArray<string> CategoryNames =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
        "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So",
    ];

    private static readonly Lazy<ImmutableArray<ImmutableArray<CodePointRange>>> Categories = new(FindCategories);

    /// <summary>The class of <c>\d</c>, <c>\s</c> or <c>\w</c>; null for any other letter. Unlike POSIX's space, <c>\s</c> lacks the vertical tab.</summary>
    public static CodePointSet? Perl(char lowerLetter) => lowerLetter switch
    {
        'd' => Digits,
        's' => Chars("\t\n\f\r  "),
        'w' => PosixClasses["word"],
        _ => null,
    };

    /// <summary>The class of <c>[:name:]</c>; null when there is none of that name.</summary>
    public static CodePointSet? Posix(string name) => PosixClasses.GetValueOrDefault(name);

    /// <summary>The class of <c>\p{name}</c>: a category such as <c>Lu</c>, a family such as <c>L</c>, or <c>Any</c>; null for others.</summary>
    public static CodePointSet? Unicode(string name)
    {
        if (name == "Any")
            return CodePointSet.All;

        if (name.Length is not (1 or 2))
            return null;

        var parts = new List<CodePointRange>();
        for (var i = 0; i < CategoryNames.Length; i++)
        {
            if (CategoryNames[i].StartsWith(name, StringComparison.Ordinal))
                parts.AddRange(Categories.Value[i]);
        }

        return parts.Count == 0 ? null : CodePointSet.Of(parts);
    }

    private static CodePointSet Chars(string pairs) =>
        CodePointSet.Of(Enumerable.Range(0, pairs.Length / 2).Select(i => new CodePointRange(pairs[2 * i], pairs[(2 * i) + 1])));

    private static ImmutableArray<ImmutableArray<CodePointRange>> FindCategories()
    {
        var found = CategoryNames.Select(_ => ImmutableArray.CreateBuilder<CodePointRange>()).ToArray();
        var first = 0;
        for (var codePoint = 1; codePoint <= LastSorted + 1; codePoint++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(first);
            if (codePoint <= LastSorted && CharUnicodeInfo.GetUnicodeCategory(codePoint) == category)
                continue;

            if ((int)category < found.Length)
                found[(int)category].Add(new CodePointRange(first, codePoint - 1));

            first = codePoint;
        }

        return [.. found.Select(ranges => ranges.ToImmutable())];
    }
}
