using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ringfence.Runner.Caches;

/// <summary>Reads the parts of a key template; the words of its problems are Go's where Go has the same problem.</summary>
internal sealed class CacheKeyReader(string text)
{
    private const string Spaces = " \t\r\n";

    private readonly ImmutableArray<CacheKeyPart>.Builder _parts = ImmutableArray.CreateBuilder<CacheKeyPart>();
    private int _at;
    private string? _problem;

    /// <param name="parts">The parts.</param>
    /// <param name="problem">Line and words, such as <c>1: unclosed action</c>.</param>
    public bool TryRead(out ImmutableArray<CacheKeyPart> parts, [NotNullWhen(false)] out string? problem)
    {
        var trim = false;
        while (_problem is null)
        {
            var open = text.IndexOf("{{", _at, StringComparison.Ordinal);
            var literal = open < 0 ? text[_at..] : text[_at..open];
            var trimsBefore = open >= 0 && open + 3 < text.Length && text[open + 2] == '-' && Spaces.Contains(text[open + 3], StringComparison.Ordinal);
            if (trim)
                literal = literal.TrimStart(Spaces.ToCharArray());
            if (trimsBefore)
                literal = literal.TrimEnd(Spaces.ToCharArray());
            if (literal.Length > 0)
                _parts.Add(new CacheKeyPart.Text(literal));
            if (open < 0)
                break;

            _at = open + (trimsBefore ? 3 : 2);
            trim = ReadAction();
        }

        (parts, problem) = (_parts.ToImmutable(), _problem);
        return problem is null;
    }

    /// <summary>Reads up to and with the closing braces; true when they trim what follows.</summary>
    private bool ReadAction()
    {
        SkipSpaces();
        if (Ahead("/*"))
            return ReadComment();
        if (AtEnd(out var trims))
        {
            Fail("missing value for command");
            return false;
        }

        var part = ReadCommand();
        if (part is null)
            return false;

        _parts.Add(part);
        SkipSpaces();
        if (AtEnd(out trims))
            return trims;
        Fail(_at >= text.Length ? "unclosed action" : $"unexpected \"{Rune()}\" in command; a cache key knows {{{{ .Branch }}}}, {{{{ checksum \"file\" }}}} and the like, but no pipelines");
        return false;
    }

    private bool ReadComment()
    {
        var end = text.IndexOf("*/", _at, StringComparison.Ordinal);
        if (end < 0)
        {
            Fail("unclosed comment");
            return false;
        }

        _at = end + 2;
        // Go allows nothing but a trim marker between the comment and the braces.
        if (!Ahead("}}"))
            SkipSpaces();
        if (AtEnd(out var trims))
            return trims;
        Fail("comment ends before closing delimiter");
        return false;
    }

    private CacheKeyPart? ReadCommand()
    {
        if (_at >= text.Length)
            return Fail("unclosed action");

        var start = _at;
        if (text[_at] is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_'))
            return ReadOperand();

        var name = ReadWord();
        switch (name)
        {
            case "epoch":
                return new CacheKeyPart.Epoch();
            case "arch":
                return new CacheKeyPart.Arch();
            case "checksum":
                SkipSpaces();
                if (_at >= text.Length || AtEnd(out _))
                    return Fail("wrong number of args for checksum: want 1 got 0");
                return ReadOperand() is { } file
                    ? new CacheKeyPart.Checksum(file, $"checksum {Written(file)}", CacheKeyPosition.Of(text, start))
                    : null;
            default:
                _at = start;
                return Fail($"function \"{name}\" not defined");
        }
    }

    /// <summary>A string or a field.</summary>
    private CacheKeyPart? ReadOperand()
    {
        if (_at >= text.Length)
            return Fail("unclosed action");

        return text[_at] switch
        {
            '"' => ReadQuoted(),
            '`' => ReadRaw(),
            '.' => ReadField(),
            _ => Fail($"unexpected \"{Rune()}\" in command"),
        };
    }

    private CacheKeyPart? ReadField()
    {
        var start = _at;
        var names = ImmutableArray.CreateBuilder<string>();
        while (_at < text.Length && text[_at] == '.')
        {
            _at++;
            var name = ReadWord();
            if (name.Length == 0)
                return Fail("unexpected <.> in command");
            names.Add(name);
        }

        return new CacheKeyPart.Field(names.ToImmutable(), text[start.._at], CacheKeyPosition.Of(text, start));
    }

    private CacheKeyPart? ReadRaw()
    {
        var end = text.IndexOf('`', _at + 1);
        if (end < 0)
            return Fail("unterminated raw quoted string");

        var part = new CacheKeyPart.Constant(text[(_at + 1)..end], text[_at..(end + 1)]);
        _at = end + 1;
        return part;
    }

    private CacheKeyPart? ReadQuoted()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] is not ('"' or '\n'))
        {
            if (text[_at] != '\\')
                value.Append(text[_at++]);
            else if (!ReadEscape(value))
                return Fail("bad string: an escape in it is not known");
        }

        if (_at >= text.Length || text[_at] == '\n')
            return Fail("unterminated quoted string");

        _at++;
        return new CacheKeyPart.Constant(value.ToString(), text[start.._at]);
    }

    private bool ReadEscape(StringBuilder value)
    {
        if (_at + 1 >= text.Length)
            return false;

        var letter = text[_at + 1];
        _at += 2;
        if (letter is 'x' or 'u' or 'U')
        {
            var digits = letter switch { 'x' => 2, 'u' => 4, _ => 8 };
            if (_at + digits > text.Length || !uint.TryParse(text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || !System.Text.Rune.TryCreate(code, out var rune))
                return false;
            value.Append(rune.ToString());
            _at += digits;
            return true;
        }

        var index = "abfnrtv\\\"".IndexOf(letter, StringComparison.Ordinal);
        if (index < 0)
            return false;
        value.Append("\a\b\f\n\r\t\v\\\""[index]);
        return true;
    }

    private string ReadWord()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_'))
            _at++;
        return text[start.._at];
    }

    /// <summary>Passes the closing braces; a minus before them needs a space before it, as in Go.</summary>
    private bool AtEnd(out bool trims)
    {
        trims = Ahead("-}}") && _at > 0 && Spaces.Contains(text[_at - 1], StringComparison.Ordinal);
        if (!trims && !Ahead("}}"))
            return false;

        _at += trims ? 3 : 2;
        return true;
    }

    private void SkipSpaces()
    {
        while (_at < text.Length && Spaces.Contains(text[_at], StringComparison.Ordinal))
            _at++;
    }

    private bool Ahead(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;

    private string Rune() => System.Text.Rune.TryGetRuneAt(text, _at, out var rune) ? rune.ToString() : "�";

    private static string Written(CacheKeyPart operand) => operand switch
    {
        CacheKeyPart.Constant constant => constant.Written,
        CacheKeyPart.Field field => field.Written,
        _ => "",
    };

    private CacheKeyPart? Fail(string what)
    {
        _problem ??= $"{CacheKeyPosition.Of(text, Math.Min(_at, text.Length)).Line}: {what}";
        return null;
    }
}
