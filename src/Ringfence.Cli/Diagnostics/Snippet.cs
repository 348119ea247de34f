using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Primitives;

namespace Ringfence.Cli.Diagnostics;

/// <summary>Shows the lines of a span with their numbers, and carets under exactly what is meant.</summary>
internal sealed class Snippet
{
    private const int LinesBeforeGap = 2;
    private const int LeastRoom = 30;

    private readonly StyledText _text = new();
    private readonly SourceText _source;
    private readonly LinePosition _first;
    private readonly LinePosition _last;
    private readonly Tone _tone;
    private readonly string _ellipsis;
    private readonly int _room;

    private Snippet(SourceSpan span, Tone tone, OutputTraits traits)
    {
        _source = span.Source;
        _tone = tone;
        _ellipsis = traits.Unicode ? "…" : "...";
        (_first, _last) = (span.Source.PositionAt(span.Start), span.Source.PositionAt(VisibleEnd(span)));
        GutterWidth = _last.Line.ToString(CultureInfo.InvariantCulture).Length;
        _room = Math.Max(LeastRoom, traits.Width - GutterWidth - 6);
    }

    /// <summary>The width of the line numbers.</summary>
    public int GutterWidth { get; }

    /// <summary>The lines, between two empty gutter lines.</summary>
    public StyledText Text => _text;

    /// <summary>Draws a span of a known text.</summary>
    public static Snippet Of(SourceSpan span, Tone tone, OutputTraits traits)
    {
        var snippet = new Snippet(span, tone, traits);
        snippet.Gutter().EndLine();
        if (snippet._first.Line == snippet._last.Line)
            snippet.DrawOneLine();
        else
            snippet.DrawSeveralLines();
        return snippet;
    }

    private void DrawOneLine()
    {
        var (start, end) = (_first.Column - 1, Math.Max(_last.Column - 1, _first.Column));
        var line = new DisplayLine(_source.Line(_first.Line), start);
        var (from, to) = (line.ColumnOf(start), line.ColumnOf(end));
        var (text, shift) = line.Fit(from, _room, _ellipsis);
        Gutter(_first.Line).Add(text).EndLine();

        var left = from - shift;
        var carets = Math.Clamp(to - from, 1, Math.Max(1, _room - left));
        Gutter().Add(new string(' ', left)).Add(new string('^', carets), _tone).EndLine();
    }

    private void DrawSeveralLines()
    {
        var opening = _source.Line(_first.Line);
        var startsLine = opening[..Math.Min(_first.Column - 1, opening.Length)].IsWhiteSpace();
        Framed(_first.Line, startsLine ? "/ " : "  ", _first.Column - 1);
        if (!startsLine)
        {
            var column = Math.Min(new DisplayLine(opening, 0).ColumnOf(_first.Column - 1), _room);
            Gutter().Add(" " + new string('_', column + 1) + "^", _tone).EndLine();
        }

        var gap = _last.Line - _first.Line > LinesBeforeGap + 1;
        for (var number = _first.Line + 1; number < _last.Line; number++)
        {
            if (gap && number >= _first.Line + LinesBeforeGap)
            {
                _text.Add(new string('.', Math.Max(3, GutterWidth)), Tone.Frame).Add(new string(' ', Math.Max(0, GutterWidth - 3) + 1)).Add("|", _tone).EndLine();
                break;
            }

            Framed(number, "| ", 0);
        }

        Framed(_last.Line, "| ", 0);
        var closing = new DisplayLine(_source.Line(_last.Line), 0);
        var end = Math.Clamp(closing.ColumnOf(Math.Max(_last.Column - 2, 0)), 0, _room - 2);
        Gutter().Add("|" + new string('_', end + 1) + "^", _tone).EndLine();
    }

    private void Framed(int number, string frame, int focus)
    {
        var line = new DisplayLine(_source.Line(number), focus);
        Gutter(number).Add(frame, _tone).Add(line.Fit(0, _room - 2, _ellipsis).Text).EndLine();
    }

    private StyledText Gutter(int? number = null) =>
        _text.Add((number?.ToString(CultureInfo.InvariantCulture) ?? "").PadLeft(GutterWidth) + " | ", Tone.Frame);

    /// <summary>Block values end at the beginning of the next line; nobody means that line.</summary>
    private static int VisibleEnd(SourceSpan span)
    {
        var text = span.Source.Text;
        var end = Math.Clamp(span.End, 0, text.Length);
        while (end > span.Start + 1 && char.IsWhiteSpace(text[end - 1]))
            end--;
        return Math.Max(end, Math.Min(span.Start, text.Length));
    }
}
