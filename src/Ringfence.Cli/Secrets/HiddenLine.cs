namespace Ringfence.Cli.Secrets;

/// <summary>What is typed at a prompt that shows nothing, with the keys by which terminals take typed text back.</summary>
/// <param name="typed">Holds it; whoever gave it clears it.</param>
internal sealed class HiddenLine(char[] typed)
{
    private const char DeleteBefore = '\b';
    private const char Delete = '\x7f';
    private const char KillLine = '\x15';
    private const char KillWord = '\x17';
    private const char EndOfInput = '\x04';

    private int _line;

    /// <summary>All lines so far, each but the last with its end.</summary>
    public ReadOnlySpan<char> Text => typed.AsSpan(0, Length);

    /// <summary>How many characters were typed.</summary>
    public int Length { get; private set; }

    /// <summary>Whether no more can be typed.</summary>
    public bool IsFull => Length == typed.Length;

    private ReadOnlySpan<char> Line => typed.AsSpan(_line, Length - _line);

    /// <summary>Takes the keys of a line up to its end, which does not belong to it.</summary>
    /// <returns>The line.</returns>
    /// <exception cref="OperationCanceledException">The input ends where nothing was typed (Ctrl-D).</exception>
    public ReadOnlySpan<char> Read(Func<ConsoleKeyInfo> next)
    {
        _line = Length;
        for (var key = next(); key.Key != ConsoleKey.Enter; key = next())
        {
            switch (key)
            {
                case { Key: ConsoleKey.Backspace } or { KeyChar: DeleteBefore or Delete }:
                    Length -= Line is [.., var before, var last] && char.IsSurrogatePair(before, last) ? 2 : Math.Min(1, Line.Length);
                    break;
                case { KeyChar: KillLine }:
                    Length = _line;
                    break;
                case { KeyChar: KillWord }:
                    Length = _line + Line.TrimEnd().LastIndexOfAny(' ', '\t') + 1;
                    break;
                case { KeyChar: EndOfInput } when Length == 0:
                    throw new OperationCanceledException();
                case { KeyChar: EndOfInput }:
                    return Line;
                case { KeyChar: not ('\0' or '\r') } when !IsFull:
                    typed[Length++] = key.KeyChar;
                    break;
            }
        }

        return Line;
    }

    /// <summary>Ends the line, so that another may follow.</summary>
    public void EndLine()
    {
        if (!IsFull)
            typed[Length++] = '\n';
    }
}
