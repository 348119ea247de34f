namespace Ringfence.Cli.Output;

/// <summary>Rows under headings, each column as wide as its widest cell.</summary>
/// <param name="headings">One for each column.</param>
internal sealed class StyledTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<(string[] Cells, string Remark)> _rows = [];

    /// <summary>The columns whose cells stand at their right edge.</summary>
    public IReadOnlyList<int> Numbers { get; init; } = [];

    /// <summary>Adds a row with a cell for each column, safe to show.</summary>
    public void Add(params string[] cells) => _rows.Add((cells, ""));

    /// <summary>Adds a row with a line of its own below it, for what would make the table too wide; none when it is empty.</summary>
    public void AddWith(string remark, params string[] cells) => _rows.Add((cells, remark));

    /// <summary>The finished lines.</summary>
    public StyledText Draw()
    {
        var widths = headings.Select((heading, column) => _rows.Select(row => row.Cells[column]).Append(heading).Max(DisplayText.Width)).ToArray();
        var text = new StyledText();
        Draw(text, headings, widths, Tone.Faint);
        foreach (var (cells, remark) in _rows)
        {
            Draw(text, cells, widths, Tone.Plain);
            if (remark.Length > 0)
                text.Line(Gap + remark, Tone.Faint);
        }

        return text;
    }

    private void Draw(StyledText text, string[] cells, int[] widths, Tone tone)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var blanks = new string(' ', widths[column] - DisplayText.Width(cells[column]));
            var cell = Numbers.Contains(column) ? blanks + cells[column] : cells[column] + blanks;
            text.Add((column > 0 ? Gap : "") + cell, tone);
        }

        text.EndLine();
    }
}
