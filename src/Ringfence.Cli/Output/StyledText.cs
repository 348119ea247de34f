using System.Text;

namespace Ringfence.Cli.Output;

/// <summary>Lines of text whose pieces say what they are for. It is built top down and knows nothing of terminals.</summary>
internal sealed class StyledText
{
    private readonly List<List<StyledPiece>> _lines = [];
    private List<StyledPiece> _line = [];

    /// <summary>The finished lines.</summary>
    public IReadOnlyList<IReadOnlyList<StyledPiece>> Lines => _lines;

    /// <summary>Adds to the current line. The text MUST NOT hold line breaks or control characters: see <see cref="DisplayText"/>.</summary>
    public StyledText Add(string text, Tone tone = Tone.Plain)
    {
        if (text.Length > 0)
            _line.Add(new StyledPiece(text, tone));
        return this;
    }

    /// <summary>Ends the current line.</summary>
    public StyledText EndLine()
    {
        TrimEnd(_line);
        _lines.Add(_line);
        _line = [];
        return this;
    }

    /// <summary>Adds a whole line.</summary>
    public StyledText Line(string text = "", Tone tone = Tone.Plain) => Add(text, tone).EndLine();

    /// <summary>Adds all lines of another text.</summary>
    public StyledText Append(StyledText other)
    {
        _lines.AddRange(other._lines);
        return this;
    }

    /// <summary>The text alone.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in _lines)
        {
            foreach (var piece in line)
                text.Append(piece.Text);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void TrimEnd(List<StyledPiece> line)
    {
        while (line.Count > 0)
        {
            var last = line[^1].Text.TrimEnd(' ');
            if (last.Length > 0)
            {
                line[^1] = line[^1] with { Text = last };
                return;
            }

            line.RemoveAt(line.Count - 1);
        }
    }
}
