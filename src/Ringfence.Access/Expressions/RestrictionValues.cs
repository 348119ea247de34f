using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Access.Expressions;

/// <summary>The values that the expressions of one decision read. An empty text counts as no value, so that it denies (EXP-4).</summary>
/// <param name="Pipeline">The pipeline values that are known; made-up ones MUST NOT be among them.</param>
/// <param name="IsSshEnabled">Whether the job runs with SSH.</param>
/// <param name="ConfigSource">The value of <c>pipeline.config_source</c> (EXP-11); null when it is not known. It wins over the pipeline value.</param>
/// <param name="IsFork">Whether an outsider chose branch and tag; they have no value then (EXP-13).</param>
public sealed record RestrictionValues(PipelineValues Pipeline, bool IsSshEnabled, string? ConfigSource, bool IsFork)
{
    /// <summary>Finds a value. A <see cref="VariableLookup"/>.</summary>
    public bool TryGet(string name, out ExpressionValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        switch (name)
        {
            case RestrictionVariables.SshEnabled:
                value = ExpressionValue.Boolean(IsSshEnabled);
                return true;
            case RestrictionVariables.ConfigSource:
                value = string.IsNullOrEmpty(ConfigSource) ? ExpressionValue.Undefined : ExpressionValue.String(ConfigSource);
                return true;
            case RestrictionVariables.Branch or RestrictionVariables.Tag when IsFork:
                value = ExpressionValue.Undefined;
                return true;
        }

        var exists = Pipeline.TryGet(name, out value);
        if (value.TryGetString(out var text) && text.Length == 0)
            value = ExpressionValue.Undefined;
        return exists;
    }
}
