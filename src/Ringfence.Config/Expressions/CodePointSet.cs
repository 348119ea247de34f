using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Ringfence.Config.Expressions;

/// <summary>A set of Unicode code points, as sorted ranges that neither overlap nor touch.</summary>
internal sealed class CodePointSet
{
    public const int LastCodePoint = 0x10FFFF;
    private const int LastBasic = 0xFFFF;
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;

    private CodePointSet(ImmutableArray<CodePointRange> ranges) => Ranges = ranges;

    public static CodePointSet All { get; } = new([new CodePointRange(0, LastCodePoint)]);

    public ImmutableArray<CodePointRange> Ranges { get; }

    public static CodePointSet Of(IEnumerable<CodePointRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<CodePointRange>();
        foreach (var range in ranges.OrderBy(r => r.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = new CodePointRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }

        return new CodePointSet(merged.ToImmutable());
    }

    public static CodePointSet Of(int first, int last) => new([new CodePointRange(first, last)]);

    public bool Contains(int codePoint)
    {
        var (low, high) = (0, Ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (codePoint < Ranges[middle].First)
                high = middle - 1;
            else if (codePoint > Ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        return false;
    }

    public CodePointSet Negate()
    {
        var others = ImmutableArray.CreateBuilder<CodePointRange>();
        var next = 0;
        foreach (var range in Ranges)
        {
            if (range.First > next)
                others.Add(new CodePointRange(next, range.First - 1));

            next = range.Last + 1;
        }

        if (next <= LastCodePoint)
            others.Add(new CodePointRange(next, LastCodePoint));

        return new CodePointSet(others.ToImmutable());
    }

    /// <summary>The set as a .NET pattern for one code point. .NET sees UTF-16, so everything beyond the basic plane becomes a pair.</summary>
    /// <param name="classes">How many classes of UTF-16 units the pattern has.</param>
    public string ToPattern(out int classes)
    {
        var alternatives = new List<string>();
        var basic = new StringBuilder();
        foreach (var range in Ranges)
        {
            // A surrogate on its own is no code point; left in, it would let '.' match half a character.
            AppendRange(basic, range.First, Math.Min(range.Last, FirstSurrogate - 1));
            AppendRange(basic, Math.Max(range.First, LastSurrogate + 1), Math.Min(range.Last, LastBasic));
            if (range.Last > LastBasic)
                AddPairs(alternatives, Math.Max(range.First, LastBasic + 1), range.Last);
        }

        classes = 2 * alternatives.Count;
        if (basic.Length > 0)
        {
            classes++;
            alternatives.Insert(0, $"[{basic}]");
        }

        return alternatives.Count switch
        {
            0 => @"[^\s\S]",
            1 => alternatives[0],
            _ => $"(?:{string.Join('|', alternatives)})",
        };
    }

    private static void AddPairs(List<string> alternatives, int first, int last)
    {
        while (first <= last)
        {
            var (high, low) = (High(first), Low(first));
            // Rows of 1,024 that are wholly inside share one alternative.
            var end = low == 0xDC00 && first + 0x3FF <= last
                ? first + ((High(last + 1) - high) << 10) - 1
                : Math.Min(last, first | 0x3FF);

            var pair = new StringBuilder("[");
            AppendRange(pair, high, High(end));
            pair.Append("][");
            AppendRange(pair, low, Low(end));
            alternatives.Add(pair.Append(']').ToString());
            first = end + 1;
        }
    }

    private static int High(int codePoint) => FirstSurrogate + ((codePoint - 0x10000) >> 10);

    private static int Low(int codePoint) => 0xDC00 + ((codePoint - 0x10000) & 0x3FF);

    private static void AppendRange(StringBuilder text, int first, int last)
    {
        if (first > last)
            return;

        text.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}");
        if (last > first)
            text.Append(CultureInfo.InvariantCulture, $"-\\u{last:X4}");
    }
}
