using Ringfence.Config.Values;

namespace Ringfence.Config.Expressions;

/// <summary>
/// An expression that guards a context (CL-7.17). Fails closed: whatever goes wrong denies, and <c>not</c> cannot turn an unset variable
/// into permission. Only the boolean false denies among values; <c>0</c> and the empty string allow.
/// </summary>
public static class ContextRestriction
{
    private const string SshEnabled = "job.ssh.enabled";
    private const string TriggerParameters = "pipeline.trigger_parameters.";

    /// <summary>Decides for one job. The lookup is asked for allowed names only.</summary>
    public static ContextRestrictionResult Evaluate(string text, VariableLookup lookup, Limits limits)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        var parsed = Expression.Parse(text, limits);
        if (!parsed.Succeeded)
            return Deny(parsed.Error);

        var result = ExpressionEvaluator.Evaluate(parsed.Expression, LookUpAllowed, ExpressionMode.ContextRestriction);
        if (result.Error is not null)
            return Deny(result.Error);

        // Undefined cannot come out: reading it was an error above.
        return result.Value.IsTrueInExpression
            ? new ContextRestrictionResult(true, "The restriction is met", null)
            : new ContextRestrictionResult(false, "The restriction is not met", null);

        bool LookUpAllowed(string name, out ExpressionValue value)
        {
            value = default;
            return IsAllowedName(name) && lookup(name, out value);
        }
    }

    /// <summary>
    /// Whether a restriction may read the variable: pipeline values but those of <c>pipeline.trigger_parameters</c>, and
    /// <c>job.ssh.enabled</c>; never pipeline parameters, which whoever starts the pipeline chooses.
    /// </summary>
    public static bool IsAllowedName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name == SshEnabled
            || (PipelineValueRegistry.All.ContainsKey(name) && !name.StartsWith(TriggerParameters, StringComparison.Ordinal));
    }

    private static ContextRestrictionResult Deny(ExpressionError error) =>
        new(false, $"The restriction cannot be evaluated: {error.Message} (at character {error.Start + 1})", error);
}
