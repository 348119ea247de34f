using System.Globalization;
using System.Text;
using Ringfence.Access.Names;
using Ringfence.Config;
using Ringfence.Config.Expressions;

namespace Ringfence.Access.Expressions;

/// <summary>Evaluates the expression of a restriction as CircleCI does (EXP-1 to EXP-9). Whatever goes wrong denies.</summary>
public static class RestrictionExpression
{
    internal const string StrayBackslash = "a backslash in a string stands before a quote or another backslash only";

    internal static Limits Limits { get; } = new() { ExpressionCharacters = AccessLimits.ExpressionBytes, LogicDepth = AccessLimits.ExpressionDepth };

    /// <summary>Decides for one job.</summary>
    public static ContextRestrictionResult Evaluate(string text, RestrictionValues values)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(values);
        return WhyNoExpression(text) is { } why
            ? new ContextRestrictionResult(false, $"The restriction cannot be evaluated: {why}", null)
            : ContextRestriction.Evaluate(text, values.TryGet, Limits);
    }

    /// <summary>Why a text is none for a restriction although it would be one in a config; null when there is no such reason.</summary>
    internal static string? WhyNoExpression(string text)
    {
        if (IsTooLong(text))
            return string.Create(CultureInfo.InvariantCulture, $"it is longer than {AccessLimits.ExpressionBytes} bytes");

        return Expression.Parse(text, Limits).Expression is { } expression && FindStrayBackslash(text, expression) is not null ? StrayBackslash : null;
    }

    internal static bool IsTooLong(string text) => Encoding.UTF8.GetByteCount(text) > AccessLimits.ExpressionBytes;

    /// <summary>
    /// Where a string holds a backslash that escapes neither a quote nor a backslash (EXP-2); null when none does. In a config it stands
    /// for itself; whoever writes one into a restriction most probably means something else.
    /// </summary>
    internal static int? FindStrayBackslash(string text, Expression expression)
    {
        var open = new Stack<Expression>([expression]);
        var first = int.MaxValue;
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case Expression.Literal { Value.Kind: ExpressionValueKind.String } literal:
                    first = Math.Min(first, FindIn(text, literal));
                    break;
                case Expression.Not not:
                    open.Push(not.Operand);
                    break;
                case Expression.Binary binary:
                    open.Push(binary.Right);
                    open.Push(binary.Left);
                    break;
            }
        }

        return first == int.MaxValue ? null : first;
    }

    private static int FindIn(string text, Expression.Literal literal)
    {
        // Parentheses around it belong to it; the quotes are the outermost ones.
        var place = text.IndexOf('"', literal.Start) + 1;
        var end = text.LastIndexOf('"', literal.Start + literal.Length - 1);
        for (; place < end; place++)
        {
            if (text[place] != '\\')
                continue;
            if (text[place + 1] is not ('"' or '\\'))
                return place;

            place++;
        }

        return int.MaxValue;
    }
}
