namespace Ringfence.Config.Expressions;

/// <summary>
/// Recursive descent over the words of an expression. Precedence, weakest first (CL-7.5): or; and; == !=; starts-with contains matches;
/// comparison; not. The published grammar has starts-with and its like on the level of ==, where a type error results whenever the two readings differ.
/// </summary>
internal sealed class ExpressionParser
{
    private readonly string _text;
    private readonly List<ExpressionToken> _tokens;
    private readonly int _depthLimit;
    private int _next;
    private int _depth;
    private ExpressionError? _error;

    private ExpressionParser(string text, List<ExpressionToken> tokens, int depthLimit)
    {
        _text = text;
        _tokens = tokens;
        _depthLimit = depthLimit;
    }

    private ExpressionToken Next => _tokens[_next];

    public static ExpressionParseResult Parse(string text, Limits limits)
    {
        if (text.Length > limits.ExpressionCharacters)
            return new ExpressionParseResult(TooLong(limits.ExpressionCharacters));

        if (ExpressionLexer.Scan(text, out var error) is not { } tokens)
            return new ExpressionParseResult(error!);

        var parser = new ExpressionParser(text, tokens, limits.LogicDepth);
        var expression = parser.ParseAll();
        return expression is not null ? new ExpressionParseResult(expression) : new ExpressionParseResult(parser._error!);
    }

    private static ExpressionError TooLong(int limit) => new(
        ExpressionErrorKind.TooLong, limit, 0, "", $"The expression is longer than {limit} characters", "split it over several workflows or parameters");

    private Expression? ParseAll()
    {
        var expression = ParseBinary(ExpressionPrinter.Strength(ExpressionOperator.Or));
        if (expression is null || Next.Kind == ExpressionTokenKind.End)
            return expression;

        return LooksLikeOperator()
            ? Fail(ExpressionErrorKind.UnknownBuiltinFunction, Next, $"'{Lexeme(Next)}' is no operator", "operators in words are and, or, not, starts-with, contains and matches, wholly in lower or upper case")
            : Fail(ExpressionErrorKind.UnexpectedAdditionalInput, Next, $"The expression ends before '{Shortened(Next)}'", "join two conditions with and or or");
    }

    /// <summary>Whether the name that follows a whole expression has an operand after it, so that it was probably meant as an operator.</summary>
    private bool LooksLikeOperator()
    {
        if (Next.Kind != ExpressionTokenKind.Identifier)
            return false;

        var start = _next++;
        var isOperand = ParseBinary(ExpressionPrinter.Strength(ExpressionOperator.Less)) is not null;
        _next = start;
        _error = null;
        return isOperand;
    }

    private Expression? ParseBinary(int strength)
    {
        if (strength > ExpressionPrinter.Strength(ExpressionOperator.Less))
            return ParseUnary();

        var left = ParseBinary(strength + 1);
        while (left is not null && Next.Kind == ExpressionTokenKind.Operator && ExpressionPrinter.Strength(Next.Operator) == strength)
        {
            var op = _tokens[_next++];
            if (ParseBinary(strength + 1) is not { } right)
                return null;

            left = new Expression.Binary(op.Operator, left, right)
            {
                Start = left.Start,
                Length = right.Start + right.Length - left.Start,
                OperatorStart = op.Start,
                OperatorLexeme = Lexeme(op),
            };
        }

        return left;
    }

    private Expression? ParseUnary()
    {
        if (Next.Kind is not (ExpressionTokenKind.Not or ExpressionTokenKind.LeftParen))
            return ParsePrimary();

        if (_depth == _depthLimit)
            return Fail(ExpressionErrorKind.TooDeep, Next, $"The expression is nested deeper than {_depthLimit} levels", null);

        _depth++;
        var inner = Next.Kind == ExpressionTokenKind.Not ? ParseNot() : ParseGroup();
        _depth--;
        return inner;
    }

    private Expression.Not? ParseNot()
    {
        var start = _tokens[_next++].Start;
        return ParseUnary() is { } operand
            ? new Expression.Not(operand) { Start = start, Length = operand.Start + operand.Length - start }
            : null;
    }

    private Expression? ParseGroup()
    {
        var start = _tokens[_next++].Start;
        if (ParseBinary(ExpressionPrinter.Strength(ExpressionOperator.Or)) is not { } inner)
            return null;

        if (Next.Kind != ExpressionTokenKind.RightParen)
            return Fail(ExpressionErrorKind.ExpectedRightParen, Next, "A parenthesis is not closed", null);

        return inner with { Start = start, Length = _tokens[_next++].Start + 1 - start };
    }

    private Expression? ParsePrimary()
    {
        var token = Next;
        switch (token.Kind)
        {
            case ExpressionTokenKind.Literal:
                _next++;
                return new Expression.Literal(token.Value) { Start = token.Start, Length = token.Length };
            case ExpressionTokenKind.Identifier:
                _next++;
                return new Expression.Variable(Lexeme(token)) { Start = token.Start, Length = token.Length };
            case ExpressionTokenKind.End:
                return Fail(ExpressionErrorKind.ExpectedExpression, token, "The expression ends where a value must follow", null);
            default:
                return Fail(ExpressionErrorKind.ExpectedExpression, token, $"A value must stand before '{Lexeme(token)}'", HintFor(token));
        }
    }

    private string? HintFor(ExpressionToken token) =>
        _next > 0 && token is { Kind: ExpressionTokenKind.Operator, Operator: ExpressionOperator.Less } && _tokens[_next - 1].Operator == ExpressionOperator.Less
            ? "names stand without << >> in an expression"
            : null;

    private string Lexeme(ExpressionToken token) => _text.Substring(token.Start, token.Length);

    private string Shortened(ExpressionToken token) => token.Length <= 40 ? Lexeme(token) : $"{_text.AsSpan(token.Start, 40)}…";

    private Expression? Fail(ExpressionErrorKind kind, ExpressionToken token, string message, string? hint)
    {
        _error ??= new ExpressionError(kind, token.Start, token.Length, Lexeme(token), message, hint);
        return null;
    }
}
