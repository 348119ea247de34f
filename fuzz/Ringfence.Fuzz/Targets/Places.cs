using System.Collections.Immutable;
using Ringfence.Primitives;

namespace Ringfence.Fuzz.Targets;

/// <summary>Checks that places lie inside of their texts.</summary>
internal static class Places
{
    public static void Check(ImmutableArray<Diagnostic> diagnostics, int inputLength, Observation into)
    {
        foreach (var diagnostic in diagnostics)
        {
            Check(diagnostic.Span, $"span of {diagnostic.Code.Id}", diagnostic.Message, into);
            foreach (var call in diagnostic.Calls)
                Check(call.Span, $"call of {diagnostic.Code.Id}", diagnostic.Message, into);
            if (diagnostic.Message.Length == 0)
                into.Broken($"no message in {diagnostic.Code.Id}", "");
            if (diagnostic.Message.Length > 4000 + inputLength)
                into.Broken($"long message in {diagnostic.Code.Id}", $"{diagnostic.Message.Length} characters: {diagnostic.Message[..100]}");
        }
    }

    public static void Check(SourceSpan span, string what, string detail, Observation into)
    {
        if (!span.IsKnown)
            return;
        var text = span.Source;
        var position = span.Position;
        var isInside = span.Start >= 0 && span.End >= span.Start && span.Start <= text.Text.Length && span.End <= text.Text.Length + 1;
        var isOnLine = position.Line >= 1 && position.Line <= text.LineCount && position.Column >= 1
            && text.OffsetOfLine(position.Line) + position.Column - 1 == Math.Min(span.Start, text.Text.Length);
        if (!isInside || !isOnLine)
            into.Broken($"{what} outside", $"{span.Start}-{span.End} of {text.Text.Length}, {position}: {detail}");
    }

    /// <summary>Kinds and numbers of problems: once, twice, more.</summary>
    public static string Signature(ImmutableArray<Diagnostic> diagnostics) =>
        string.Join(' ', diagnostics.GroupBy(d => d.Code.Id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}*{Math.Min(g.Count(), 3)}"));
}
