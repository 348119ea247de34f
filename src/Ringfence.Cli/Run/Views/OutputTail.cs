namespace Ringfence.Cli.Run.Views;

/// <summary>The end of what a step printed; the rest is in its log file.</summary>
internal sealed class OutputTail
{
    /// <summary>How many lines are shown of a step that failed.</summary>
    public const int ShownLines = 20;

    private const int Kept = 16 * 1024;
    private byte[] _bytes = [];
    private int _length;

    /// <summary>Adds what was printed. Costs a copy of at most the last 16 KiB.</summary>
    public void Add(ReadOnlySpan<byte> printed)
    {
        if (printed.Length >= Kept)
            printed = printed[^Kept..];

        // There is room for twice as much, so that moving the old bytes is rare.
        if (_length + printed.Length > _bytes.Length)
        {
            if (_bytes.Length < 2 * Kept)
                Array.Resize(ref _bytes, Math.Min(2 * Kept, Math.Max(1024, 2 * (_length + printed.Length))));
            if (_length + printed.Length > _bytes.Length)
            {
                var keep = Math.Min(_length, Kept - printed.Length);
                _bytes.AsSpan(_length - keep, keep).CopyTo(_bytes);
                _length = keep;
            }
        }

        printed.CopyTo(_bytes.AsSpan(_length));
        _length += printed.Length;
    }

    /// <summary>The last lines, oldest first, as text on one line each; empty lines at the end do not count.</summary>
    public IReadOnlyList<string> Lines(int count)
    {
        var lines = new List<string>();
        var rest = _bytes.AsSpan(0, _length);
        while (lines.Count < count && rest.Length > 0)
        {
            var end = rest.LastIndexOf((byte)'\n');
            var line = OutputText.LastState(rest[(end + 1)..]);
            rest = end < 0 ? [] : rest[..end];
            if (line.Length > 0 || lines.Count > 0)
                lines.Add(line);
        }

        lines.Reverse();
        return lines;
    }

    /// <summary>The last line that is not empty, or nothing.</summary>
    public string LastLine() => Lines(1) is [var line] ? line : "";
}
