using System.Collections.Immutable;

namespace Ringfence.Config.Expressions;

/// <summary>A parsed expression of the language of <c>when:</c>, <c>filters:</c> and <c>&lt;&lt; … &gt;&gt;</c> (CL-7). Immutable; it has no value until evaluated.</summary>
/// <remarks>A chain such as <c>a or b or c</c> is as deep as it is long on its left side; what walks the tree MUST take that side in a loop.</remarks>
public abstract record Expression
{
    private Expression()
    {
    }

    /// <summary>Where it begins in its text, in UTF-16 units from 0; parentheses around it belong to it.</summary>
    public int Start { get; init; }

    /// <summary>How many UTF-16 units it takes.</summary>
    public int Length { get; init; }

    /// <summary>A number, string, truth value or pattern as written.</summary>
    public sealed record Literal(ExpressionValue Value) : Expression;

    /// <summary>A name whose value is looked up (CL-7.8).</summary>
    public sealed record Variable(string Name) : Expression;

    /// <summary><c>not</c> or <c>!</c> (CL-7.14).</summary>
    public sealed record Not(Expression Operand) : Expression;

    /// <summary>An operator between two operands.</summary>
    public sealed record Binary(ExpressionOperator Operator, Expression Left, Expression Right) : Expression
    {
        /// <summary>Where the operator stands.</summary>
        public int OperatorStart { get; init; }

        /// <summary>The operator as written: <c>and</c> or <c>AND</c>.</summary>
        public string OperatorLexeme { get; init; } = ExpressionPrinter.Symbol(Operator);
    }

    /// <summary>Parses a whole text. Never throws, whatever the text; nesting and length are bounded by <paramref name="limits"/>.</summary>
    public static ExpressionParseResult Parse(string text, Limits limits)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(limits);
        return ExpressionParser.Parse(text, limits);
    }

    /// <summary>Whether a text is a name that an expression can use for a variable (CL-4.9, CL-7.8), so no keyword or operator either.</summary>
    public static bool IsVariableName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ExpressionLexer.IsVariableName(text);
    }

    /// <summary>Every variable that is written, in order and with repetitions, also in parts that evaluation may pass over.</summary>
    public ImmutableArray<Variable> Variables()
    {
        var found = ImmutableArray.CreateBuilder<Variable>();
        var open = new Stack<Expression>([this]);
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case Variable variable:
                    found.Add(variable);
                    break;
                case Not not:
                    open.Push(not.Operand);
                    break;
                case Binary binary:
                    open.Push(binary.Right);
                    open.Push(binary.Left);
                    break;
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The expression in canonical form: lower-case words, single spaces, and only the parentheses that are needed.</summary>
    public sealed override string ToString() => ExpressionPrinter.Print(this);
}
