using System.Text;
using Ringfence.Access.Names;
using Ringfence.Config;
using Ringfence.Config.Expressions;

namespace Ringfence.Access.Expressions;

/// <summary>Evaluates the expression of a restriction as CircleCI does (EXP-1 to EXP-9). Whatever goes wrong denies.</summary>
public static class RestrictionExpression
{
    internal static Limits Limits { get; } = new() { ExpressionCharacters = AccessLimits.ExpressionBytes, LogicDepth = AccessLimits.ExpressionDepth };

    /// <summary>Decides for one job.</summary>
    public static ContextRestrictionResult Evaluate(string text, RestrictionValues values)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(values);
        return IsTooLong(text)
            ? new ContextRestrictionResult(false, $"The restriction cannot be evaluated: it is longer than {AccessLimits.ExpressionBytes} bytes", null)
            : ContextRestriction.Evaluate(text, values.TryGet, Limits);
    }

    internal static bool IsTooLong(string text) => Encoding.UTF8.GetByteCount(text) > AccessLimits.ExpressionBytes;
}
