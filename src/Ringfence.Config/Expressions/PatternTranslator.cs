namespace Ringfence.Config.Expressions;

/// <summary>
/// Turns a pattern in RE2 syntax into one for .NET that matches the same whole texts. Names of groups and lazy repetition are dropped:
/// they cannot change whether a whole text matches. Case is folded here, since .NET's tables differ.
/// </summary>
internal sealed class PatternTranslator
{
    private const int DeepestGroup = 200;
    private const int LargestCount = 1000;

    // The time .NET takes to compile grows with the square of these: 200 cost up to a second, 2,000 half a minute.
    private const int MostClasses = 200;

    private readonly PatternReader _reader;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _classes = new(StringComparer.Ordinal);
    private int _classCount;
    private bool _isMultiline;
    private bool _dotMatchesNewline;
    private int _depth;

    private PatternTranslator(string pattern) => _reader = new PatternReader(pattern);

    /// <summary>The pattern for .NET; null with an error when RE2 refuses it.</summary>
    public static PatternPiece? Translate(string pattern, out LinearRegexError? error)
    {
        var translator = new PatternTranslator(pattern);
        var whole = translator.ReadAlternatives();
        if (translator._reader is { Error: null, AtEnd: false })
            translator._reader.Fail("a parenthesis ) closes nothing", "write \\) for the character", translator._reader.Position);

        error = translator._reader.Error;
        return error is null ? whole : null;
    }

    private PatternPiece ReadAlternatives()
    {
        var whole = ReadSequence();
        while (_reader.Error is null && _reader.Current == '|')
        {
            _reader.Position++;
            var next = ReadSequence();
            whole = new PatternPiece($"{whole.Text}|{next.Text}", Math.Max(whole.Copies, next.Copies));
        }

        return whole;
    }

    private PatternPiece ReadSequence()
    {
        var pieces = new List<PatternPiece>();
        var lastRepetition = -1;
        while (_reader is { Error: null, AtEnd: false } && _reader.Current is not ('|' or ')'))
        {
            var start = _reader.Position;
            if (PatternRepetition.TryRead(_reader) is not { } repetition)
            {
                ReadPiece(pieces);
            }
            else if (pieces.Count == 0)
            {
                _reader.Fail($"{repetition.Written} repeats nothing", $"write \\{repetition.Written[0]} for the character", start);
            }
            else if (start == lastRepetition)
            {
                _reader.Fail($"{repetition.Written} follows another repetition", repetition.Written[0] == '+' ? "possessive repetition is not needed: matching is linear anyway" : null, start);
            }
            else
            {
                pieces[^1] = Repeat(pieces[^1], repetition, start);
                lastRepetition = _reader.Position;
            }
        }

        return new PatternPiece(string.Concat(pieces.Select(p => p.Text)), pieces.Select(p => p.Copies).DefaultIfEmpty(1).Max());
    }

    private PatternPiece Repeat(PatternPiece piece, PatternRepetition repetition, int start)
    {
        var copies = repetition.Copies == 0 ? 1L : (long)piece.Copies * repetition.Copies;
        if (!repetition.IsInOrder)
            _reader.Fail($"the counts of {repetition.Written} are not in order", null, start);
        else if (copies > LargestCount)
            _reader.Fail($"{repetition.Written} repeats more than {LargestCount} times, counting repetitions inside", null, start);

        return new PatternPiece($"(?:{piece.Text}){repetition.Translated}", (int)Math.Min(copies, LargestCount));
    }

    private void ReadPiece(List<PatternPiece> pieces)
    {
        switch (_reader.Current)
        {
            case '(':
                ReadGroup(pieces);
                break;
            case '[':
                Add(pieces, PatternClassReader.Read(_reader));
                break;
            case '.':
                _reader.Position++;
                Add(pieces, _dotMatchesNewline ? CodePointSet.All : CodePointSet.Of('\n', '\n').Negate());
                break;
            case '^':
                AddAnchor(pieces, _isMultiline ? "(?m:^)" : @"\A", 1);
                break;
            case '$':
                // .NET's own $ would also match before a line break at the end.
                AddAnchor(pieces, _isMultiline ? "(?m:$)" : @"\z", 1);
                break;
            case '\\':
                ReadBackslash(pieces);
                break;
            default:
                AddCharacter(pieces, _reader.ReadCodePoint());
                break;
        }
    }

    private void ReadBackslash(List<PatternPiece> pieces)
    {
        switch (_reader.Following)
        {
            case 'A' or 'z' or 'b' or 'B':
                AddAnchor(pieces, $"\\{_reader.Following}", 2);
                return;
            case 'Q':
                ReadQuoted(pieces);
                return;
        }

        if (_reader.TryReadClassEscape() is { } set)
            Add(pieces, set);
        else if (_reader.Error is null)
            AddCharacter(pieces, _reader.ReadEscape());
    }

    private void ReadQuoted(List<PatternPiece> pieces)
    {
        _reader.Position += 2;
        while (!_reader.AtEnd && !_reader.LooksAt("\\E"))
            AddCharacter(pieces, _reader.ReadCodePoint());

        _reader.Position += 2;
    }

    private void ReadGroup(List<PatternPiece> pieces)
    {
        var start = _reader.Position++;
        var outside = (_reader.IgnoresCase, _isMultiline, _dotMatchesNewline);
        if (_reader.Current == '?')
        {
            // Flags alone hold to the end of the group around them and are no piece.
            if (!ReadGroupStart(start))
                return;
        }

        if (++_depth > DeepestGroup)
        {
            _reader.Fail($"groups are nested deeper than {DeepestGroup} levels", null, start);
            return;
        }

        var inside = ReadAlternatives();
        _depth--;
        if (_reader is { Error: null, AtEnd: true })
            _reader.Fail("a parenthesis ( is not closed", "write \\( for the character", start);

        _reader.Position++;
        (_reader.IgnoresCase, _isMultiline, _dotMatchesNewline) = outside;
        pieces.Add(inside with { Text = $"(?:{inside.Text})" });
    }

    /// <summary>Reads from the question mark; false when no group follows.</summary>
    private bool ReadGroupStart(int start)
    {
        _reader.Position++;
        if (_reader.LooksAt("P<") || (_reader.Current == '<' && _reader.Following is not ('=' or '!')))
        {
            ReadName(start);
            return _reader.Error is null;
        }

        if (PatternFlags.Read(_reader, start) is not { } flags)
            return false;

        _reader.IgnoresCase = flags.IgnoresCase ?? _reader.IgnoresCase;
        _isMultiline = flags.IsMultiline ?? _isMultiline;
        _dotMatchesNewline = flags.DotMatchesNewline ?? _dotMatchesNewline;
        return flags.OpensGroup;
    }

    private void ReadName(int start)
    {
        var from = _reader.Position + (_reader.Current == 'P' ? 2 : 1);
        var end = _reader.IndexOf(">", from);
        var name = end < 0 ? "" : _reader.Slice(from, end);
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            _reader.Fail("the name of a group is not valid", "names have letters, digits and _", start);
        else if (!_names.Add(name))
            _reader.Fail($"two groups have the name {name}", null, start);

        _reader.Position = end + 1;
    }

    private void AddCharacter(List<PatternPiece> pieces, int codePoint)
    {
        if (codePoint >= 0)
            Add(pieces, _reader.Folded(CodePointSet.Of(codePoint, codePoint), isNegated: false));
    }

    private void AddAnchor(List<PatternPiece> pieces, string text, int length)
    {
        _reader.Position += length;
        pieces.Add(new PatternPiece(text, 1));
    }

    private void Add(List<PatternPiece> pieces, CodePointSet? set)
    {
        if (set is null)
            return;

        var text = set.ToPattern(out var classes);
        if (_classes.Add(text))
            _classCount += classes;

        if (_classCount > MostClasses)
            _reader.Fail($"it has more than {MostClasses} different characters or classes", null, 0);

        pieces.Add(new PatternPiece(text, 1));
    }
}
