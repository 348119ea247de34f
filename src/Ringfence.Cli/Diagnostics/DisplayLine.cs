using System.Text;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Diagnostics;

/// <summary>A line of source as it appears on a terminal: tabs are blanks, wide characters take two columns, control characters are written out.</summary>
internal sealed class DisplayLine
{
    private const int TabWidth = 4;

    /// <summary>How much of a line is looked at around a place; a line of megabytes costs no more than this.</summary>
    private const int Reach = 600;

    private readonly List<(int Offset, int Column, string Text)> _cells = [];
    private readonly bool _cutBefore;
    private readonly bool _cutAfter;
    private readonly int _width;
    private readonly int _endOffset;

    /// <summary>Lays out a line, or the part of it around <paramref name="focus"/>.</summary>
    public DisplayLine(ReadOnlySpan<char> line, int focus)
    {
        var from = Math.Max(0, Math.Min(focus, line.Length) - Reach);
        var to = Math.Min(line.Length, Math.Max(focus, 0) + Reach);
        (_cutBefore, _cutAfter, _endOffset) = (from > 0, to < line.Length, to);
        var at = from;
        while (at < to)
        {
            Rune.DecodeFromUtf16(line[at..], out var rune, out var length);
            var text = rune.Value == '\t' ? new string(' ', TabWidth - (_width % TabWidth)) : DisplayText.Show(rune);
            _cells.Add((at, _width, text));
            _width += DisplayText.Width(text);
            at += length;
        }
    }

    /// <summary>The column, from 0, at which the character with this offset in the line appears.</summary>
    public int ColumnOf(int offset)
    {
        if (offset >= _endOffset)
            return _width + offset - _endOffset;
        foreach (var cell in _cells)
        {
            if (cell.Offset >= offset)
                return cell.Column;
        }

        return _width;
    }

    /// <summary>The text that fits into a number of columns such that the column <paramref name="focus"/> can be seen.</summary>
    /// <param name="focus">A column of the whole line.</param>
    /// <param name="room">The columns there are.</param>
    /// <param name="ellipsis">Stands for what is left out.</param>
    /// <returns>The text, and by how many columns it is moved to the left.</returns>
    public (string Text, int Shift) Fit(int focus, int room, string ellipsis)
    {
        if (_width <= room && !_cutBefore && !_cutAfter)
            return (string.Concat(_cells.Select(c => c.Text)), 0);

        var left = focus < room * 2 / 3 && !_cutBefore ? 0 : Math.Max(0, focus - (room / 3));
        if (!_cutAfter)
            left = Math.Min(left, Math.Max(0, _width - room + (2 * ellipsis.Length)));
        var first = _cells.FindIndex(c => c.Column >= left);
        first = first < 0 ? _cells.Count : first;
        var start = first < _cells.Count ? _cells[first].Column : _width;
        var hidesBefore = first > 0 || _cutBefore;
        var text = new StringBuilder(hidesBefore ? ellipsis : "");
        var used = text.Length;
        var next = first;
        for (; next < _cells.Count; next++)
        {
            var width = DisplayText.Width(_cells[next].Text);
            if (used + width > room - ellipsis.Length)
                break;
            text.Append(_cells[next].Text);
            used += width;
        }

        if (next < _cells.Count || _cutAfter)
            text.Append(ellipsis);
        return (text.ToString(), start - (hidesBefore ? ellipsis.Length : 0));
    }
}
