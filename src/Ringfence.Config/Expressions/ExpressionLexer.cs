using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Ringfence.Config.Expressions;

/// <summary>Cuts a text into words. Stops at the first thing that is no word.</summary>
internal sealed class ExpressionLexer
{
    private const int LastLatin1 = 0xFF;
    private const int PatternBytes = 256;

    /// <summary>Words that are no names. Only wholly lower or wholly upper case counts, as in the conformance corpus.</summary>
    private static readonly FrozenDictionary<string, ExpressionToken> Words = MakeWords();

    private readonly string _text;
    private readonly List<ExpressionToken> _tokens = [];
    private int _position;
    private ExpressionError? _error;

    private ExpressionLexer(string text) => _text = text;

    /// <summary>The words with an end mark; null when there is an error.</summary>
    public static List<ExpressionToken>? Scan(string text, out ExpressionError? error)
    {
        var lexer = new ExpressionLexer(text);
        while (lexer._error is null && lexer._position < text.Length)
            lexer.ScanToken();

        error = lexer._error;
        if (error is not null)
            return null;

        lexer._tokens.Add(new ExpressionToken(ExpressionTokenKind.End, text.Length, 0));
        return lexer._tokens;
    }

    public static bool IsVariableName(string text) =>
        text.Length > 0 && IsLetter(text[0]) && EndOfIdentifier(text, 0) == text.Length && !Words.ContainsKey(text);

    private static FrozenDictionary<string, ExpressionToken> MakeWords()
    {
        var words = new Dictionary<string, ExpressionToken>(StringComparer.Ordinal);
        AddWord("true", new ExpressionToken(ExpressionTokenKind.Literal, 0, 0) { Value = ExpressionValue.Boolean(true) });
        AddWord("false", new ExpressionToken(ExpressionTokenKind.Literal, 0, 0) { Value = ExpressionValue.Boolean(false) });
        AddWord("not", new ExpressionToken(ExpressionTokenKind.Not, 0, 0));
        foreach (var op in Enum.GetValues<ExpressionOperator>())
        {
            var symbol = ExpressionPrinter.Symbol(op);
            if (IsLetter(symbol[0]))
                AddWord(symbol, new ExpressionToken(ExpressionTokenKind.Operator, 0, 0) { Operator = op });
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);

        void AddWord(string word, ExpressionToken token)
        {
            words.Add(word, token);
            words.Add(word.ToUpperInvariant(), token);
        }
    }

    private void ScanToken()
    {
        var c = _text[_position];
        switch (c)
        {
            case ' ' or '\t' or '\r' or '\n':
                _position++;
                break;
            case '(':
                Add(ExpressionTokenKind.LeftParen, 1);
                break;
            case ')':
                Add(ExpressionTokenKind.RightParen, 1);
                break;
            case '=' or '!' or '<' or '>':
                ScanSymbol(c);
                break;
            case '"':
                ScanString();
                break;
            case '/':
                ScanPattern();
                break;
            case >= '0' and <= '9':
                ScanNumber();
                break;
            default:
                ScanWord(c);
                break;
        }
    }

    private void ScanSymbol(char first)
    {
        if (At(_position + 1) == '=')
        {
            AddOperator(2, first switch
            {
                '=' => ExpressionOperator.Equal,
                '!' => ExpressionOperator.NotEqual,
                '<' => ExpressionOperator.LessOrEqual,
                _ => ExpressionOperator.GreaterOrEqual,
            });
            return;
        }

        switch (first)
        {
            case '!':
                Add(ExpressionTokenKind.Not, 1);
                break;
            case '=':
                // At the end of the text the corpus reports the character NUL.
                var found = _position + 1 < _text.Length ? CodePointAt(_position + 1) : "\0";
                Fail(ExpressionErrorKind.IncompleteEquals, _position + 1, found, "A single '=' is no operator", "write == to compare");
                break;
            default:
                AddOperator(1, first == '<' ? ExpressionOperator.Less : ExpressionOperator.Greater);
                break;
        }
    }

    private void ScanString()
    {
        var value = new StringBuilder();
        for (var i = _position + 1; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == '"')
            {
                AddLiteral(i + 1 - _position, ExpressionValue.String(value.ToString()));
                return;
            }

            // Any other backslash stands for itself (CL-7.7).
            if (c == '\\' && At(i + 1) is '"' or '\\')
                c = _text[++i];

            value.Append(c);
        }

        Fail(ExpressionErrorKind.UnterminatedString, _position, "\"", "The string is not closed", "end it with a double quote; write \\\" for a quote inside");
    }

    private void ScanPattern()
    {
        var end = _position + 1;
        while (At(end) is { } c && c != '/')
        {
            var next = At(end + 1);
            if (c == '\\' && next is 'u' or 'x')
            {
                Fail(ExpressionErrorKind.InvalidPatternCharacter, end, "\\", $"Patterns have no \\{next}", "write the character itself; only ASCII and Latin-1 are allowed");
                return;
            }

            if (c > LastLatin1)
            {
                Fail(ExpressionErrorKind.InvalidPatternCharacter, end, CodePointAt(end), "Only ASCII and Latin-1 characters are allowed in patterns", null);
                return;
            }

            end += c == '\\' && next == '/' ? 2 : 1;
        }

        if (end >= _text.Length)
        {
            Fail(ExpressionErrorKind.UnterminatedPattern, _position, "/", "The pattern is not closed", "end it with a slash; write \\/ for a slash inside");
            return;
        }

        AddPattern(_text[(_position + 1)..end].Replace("\\/", "/", StringComparison.Ordinal), end + 1 - _position);
    }

    private void AddPattern(string pattern, int length)
    {
        // The published implementations count bytes of UTF-8, whatever their message says.
        if (Encoding.UTF8.GetByteCount(pattern) > PatternBytes)
        {
            Fail(ExpressionErrorKind.PatternTooLong, _position, "/", $"The pattern is longer than {PatternBytes} bytes", null);
            return;
        }

        if (LinearRegex.Compile(pattern, out var error) is { } regex)
            AddLiteral(length, ExpressionValue.Pattern(regex));
        else
            Fail(ExpressionErrorKind.InvalidPattern, _position, "/", $"The pattern cannot be used: {error!.Reason}", error.Hint);
    }

    private void ScanNumber()
    {
        var end = _position;
        while (At(end) is >= '0' and <= '9')
            end++;

        if (long.TryParse(_text.AsSpan(_position, end - _position), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            AddLiteral(end - _position, ExpressionValue.Integer(value));
        else
            Fail(ExpressionErrorKind.InvalidNumericLiteral, _position, _text[_position].ToString(), "The number is too large", "numbers range from 0 to 9223372036854775807");
    }

    private void ScanWord(char first)
    {
        if (!IsLetter(first))
        {
            var found = CodePointAt(_position);
            Fail(ExpressionErrorKind.UnexpectedCharacter, _position, found, "The character has no meaning in an expression", HintFor(found));
            return;
        }

        var length = EndOfIdentifier(_text, _position) - _position;
        if (Words.TryGetValue(_text.Substring(_position, length), out var word))
        {
            _tokens.Add(word with { Start = _position, Length = length });
            _position += length;
        }
        else
        {
            Add(ExpressionTokenKind.Identifier, length);
        }
    }

    private static string? HintFor(string character) => character switch
    {
        "'" or "`" => "put text in double quotes",
        "&" => "write and",
        "|" => "write or",
        "$" or "{" or "}" => "environment variables cannot be used; use pipeline values and parameters",
        "." or "_" or "-" => "a name begins with a letter and has single dots inside; numbers are whole",
        "+" or "*" or "%" => "there is no arithmetic",
        _ => null,
    };

    private static bool IsLetter(char c) => char.IsAsciiLetter(c);

    private static bool IsTail(char? c) => c is { } known && (char.IsAsciiLetterOrDigit(known) || known is '-' or '_' or '?');

    private static int EndOfIdentifier(string text, int start)
    {
        var end = start;
        while (IsTail(AtOf(text, end)) || (AtOf(text, end) == '.' && IsTail(AtOf(text, end + 1))))
            end++;

        return end;
    }

    private static char? AtOf(string text, int index) => index < text.Length ? text[index] : null;

    private char? At(int index) => AtOf(_text, index);

    private string CodePointAt(int index) =>
        char.IsSurrogatePair(_text[index], At(index + 1) ?? '\0') ? _text.Substring(index, 2) : _text[index].ToString();

    private void Add(ExpressionTokenKind kind, int length)
    {
        _tokens.Add(new ExpressionToken(kind, _position, length));
        _position += length;
    }

    private void AddOperator(int length, ExpressionOperator op)
    {
        _tokens.Add(new ExpressionToken(ExpressionTokenKind.Operator, _position, length) { Operator = op });
        _position += length;
    }

    private void AddLiteral(int length, ExpressionValue value)
    {
        _tokens.Add(new ExpressionToken(ExpressionTokenKind.Literal, _position, length) { Value = value });
        _position += length;
    }

    private void Fail(ExpressionErrorKind kind, int start, string lexeme, string message, string? hint) =>
        _error = new ExpressionError(kind, start, Math.Min(lexeme.Length, _text.Length - start), lexeme, message, hint);
}
