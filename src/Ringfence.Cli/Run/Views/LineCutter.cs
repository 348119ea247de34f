namespace Ringfence.Cli.Run.Views;

/// <summary>Takes one line without its end, or a piece of a long one.</summary>
/// <param name="line">The line.</param>
/// <param name="isOverwritten">Whether a carriage return ended it and more followed, so that a terminal would show it for a moment only, as the states of a progress bar.</param>
internal delegate void LineTaker(ReadOnlySpan<byte> line, bool isOverwritten);

/// <summary>Cuts the output of one step into lines. A line of any length costs at most 8 KiB; a carriage return ends a line too, since what was before it would be lost.</summary>
internal sealed class LineCutter
{
    /// <summary>How many bytes of a line are given out at once.</summary>
    public const int Longest = 8 * 1024;

    private byte[] _held = [];
    private int _length;

    // The line ended in a carriage return; what follows tells what that was.
    private bool _afterReturn;

    // A piece of the present line was given out.
    private bool _within;

    /// <summary>Whether the next byte begins a line, and nothing of the last one is owed.</summary>
    public bool IsBetweenLines => _length == 0 && !_afterReturn && !_within;

    /// <summary>Takes bytes in and gives out all lines that are complete with them.</summary>
    public void Add(ReadOnlySpan<byte> bytes, LineTaker take)
    {
        while (bytes.Length > 0)
        {
            if (_afterReturn)
            {
                // Nothing is written over by a further return.
                if (bytes[0] != '\r')
                {
                    _afterReturn = false;
                    EndLine(take, isOverwritten: bytes[0] != '\n');
                }

                if (bytes[0] is (byte)'\r' or (byte)'\n')
                {
                    bytes = bytes[1..];
                    continue;
                }
            }

            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                Hold(bytes, take);
                return;
            }

            _afterReturn = bytes[end] == '\r';
            Hold(bytes[..end], take, isWhole: !_afterReturn);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Gives out what is left.</summary>
    public void End(LineTaker take)
    {
        if (_length > 0)
            EndLine(take, isOverwritten: false);
        _within = false;
        _afterReturn = false;
    }

    private void Hold(ReadOnlySpan<byte> part, LineTaker take, bool isWhole = false)
    {
        if (isWhole && _length == 0 && part.Length <= Longest)
        {
            // The usual case costs no copy.
            if (part.Length > 0 || !_within)
                take(part, isOverwritten: false);
            _within = false;
            return;
        }

        while (part.Length > 0)
        {
            if (_held.Length == 0)
                _held = new byte[Longest];
            var fits = Math.Min(part.Length, Longest - _length);
            part[..fits].CopyTo(_held.AsSpan(_length));
            _length += fits;
            part = part[fits..];
            if (_length == Longest && (part.Length > 0 || !isWhole))
                FlushPiece(take);
        }

        if (isWhole)
            EndLine(take, isOverwritten: false);
    }

    private void FlushPiece(LineTaker take)
    {
        var complete = OutputText.CompleteLength(_held.AsSpan(0, _length));
        take(_held.AsSpan(0, complete), isOverwritten: false);
        _held.AsSpan(complete, _length - complete).CopyTo(_held);
        _length -= complete;
        _within = true;
    }

    // What only ends a piece that was given out is no line.
    private void EndLine(LineTaker take, bool isOverwritten)
    {
        if (_length > 0 || !_within)
            take(_held.AsSpan(0, _length), isOverwritten);
        _length = 0;
        _within = false;
    }
}
