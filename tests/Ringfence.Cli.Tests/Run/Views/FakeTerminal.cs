using System.Globalization;
using System.Text;

namespace Ringfence.Cli.Tests.Run.Views;

/// <summary>A terminal of a fixed size that understands what the live view sends and refuses everything else. Colours are dropped.</summary>
internal sealed class FakeTerminal(int width, int height) : StringWriter(CultureInfo.InvariantCulture)
{
    private readonly List<StringBuilder> _rows = [new()];
    private int _row;
    private int _column;
    private int _top;
    private bool _wraps = true;

    /// <summary>Everything that scrolled away and what is on the screen.</summary>
    public string Screen => string.Join('\n', _rows.Select(r => r.ToString().TrimEnd())).TrimEnd('\n') + "\n";

    public bool CursorIsShown { get; private set; } = true;

    public (int Row, int Column) Cursor => (_row, _column);

    public override void Flush()
    {
        var sent = GetStringBuilder().ToString();
        GetStringBuilder().Clear();
        for (var i = 0; i < sent.Length; i++)
        {
            switch (sent[i])
            {
                case '\e':
                    i = Control(sent, i);
                    break;
                case '\r':
                    _column = 0;
                    break;
                case '\n':
                    // As after a terminal's usual onlcr.
                    _column = 0;
                    Down();
                    break;
                default:
                    Assert.False(char.IsControl(sent[i]), $"U+{(int)sent[i]:x4} reached the terminal");
                    Put(sent[i]);
                    break;
            }
        }
    }

    private int Control(string sent, int start)
    {
        Assert.Equal('[', sent[start + 1]);
        var end = start + 2;
        while (!char.IsAsciiLetter(sent[end]))
            end++;
        var parameter = sent[(start + 2)..end];
        switch (sent[end])
        {
            case 'A':
                _row -= int.Parse(parameter, CultureInfo.InvariantCulture);
                Assert.True(_row >= _top, "The cursor left the screen at the top.");
                break;
            case 'K':
                _rows[_row].Length = Math.Min(_rows[_row].Length, _column);
                break;
            case 'J':
                _rows[_row].Length = Math.Min(_rows[_row].Length, _column);
                _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
                break;
            case 'h' or 'l' when parameter == "?25":
                CursorIsShown = sent[end] == 'h';
                break;
            case 'h' or 'l' when parameter == "?7":
                _wraps = sent[end] == 'h';
                break;
            case 'h' or 'l' when parameter == "?2026":
                break;
            case 'm':
                break;
            default:
                Assert.Fail($"The terminal does not know {sent[(start + 1)..(end + 1)]}");
                break;
        }

        return end;
    }

    private void Put(char c)
    {
        if (_column == width && _wraps)
        {
            _column = 0;
            Down();
        }

        Assert.True(_column < width, "A line is too long.");
        var row = _rows[_row];
        while (row.Length <= _column)
            row.Append(' ');
        row[_column++] = c;
    }

    private void Down()
    {
        _row++;
        if (_row == _rows.Count)
            _rows.Add(new StringBuilder());
        _top = Math.Max(_top, _row - height + 1);
    }
}
