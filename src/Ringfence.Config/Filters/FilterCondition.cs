using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Config.Filters;

/// <summary>Decides filters in the expression form (CL-16.30 to CL-16.33).</summary>
internal static class FilterCondition
{
    private const int MostVariablesShown = 4;

    /// <summary>What the expression comes to with these values; one that cannot be evaluated lets nothing run.</summary>
    public static FilterOutcome Decide(
        JobFilter.Condition condition, PipelineValues values, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        var text = string.Join(' ', condition.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var result = ExpressionEvaluator.Evaluate(condition.Expression, Lookup);
        if (result.Error is { } error)
            return FilterOutcome.No($"its filter cannot be evaluated: {text} ({error.Message})");
        return result.Value.IsTrueInExpression ? FilterOutcome.Yes : FilterOutcome.No($"its filter is false: {text}{Where(condition.Expression)}");

        bool Lookup(string name, out ExpressionValue value) => Find(name, values, parameters, out value);

        string Where(Expression expression)
        {
            var names = expression.Variables().Select(v => v.Name).Distinct(StringComparer.Ordinal).ToImmutableArray();
            if (names.Length is 0 or > MostVariablesShown)
                return "";
            return $" (with {string.Join(", ", names.Select(n => $"{n} {(Lookup(n, out var value) ? Show(value) : "unset")}"))})";
        }
    }

    private static bool Find(
        string name, PipelineValues values, IReadOnlyDictionary<string, ParameterValue> parameters, out ExpressionValue value)
    {
        if (!name.StartsWith(PipelineValueRegistry.ParameterPrefix, StringComparison.Ordinal))
            return values.TryGetInExpression(name, out value);

        value = default;
        if (!parameters.TryGetValue(name[PipelineValueRegistry.ParameterPrefix.Length..], out var parameter))
            return false;
        value = parameter switch
        {
            ParameterValue.Text text => ExpressionValue.String(text.Value),
            ParameterValue.Flag flag => ExpressionValue.Boolean(flag.Value),
            ParameterValue.Number number => ExpressionValue.Integer(number.Value),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return true;
    }

    private static string Show(ExpressionValue value)
    {
        if (value.IsUndefined)
            return "unset";
        return value.TryGetString(out var text) ? $"\"{text}\"" : value.ToString();
    }
}
