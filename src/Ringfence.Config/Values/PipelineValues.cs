using System.Diagnostics;
using Ringfence.Config.Expressions;

namespace Ringfence.Config.Values;

/// <summary>The <c>pipeline.*</c> values of one pipeline, without its parameters. Immutable.</summary>
public sealed class PipelineValues
{
    // Never changed once it is here. An immutable one takes several times as long to look up, which templates do all the time.
    private readonly Dictionary<string, ExpressionValue> _values;

    private PipelineValues(Dictionary<string, ExpressionValue> values) => _values = values;

    /// <summary>Every value unset.</summary>
    public static PipelineValues Empty { get; } = new(new Dictionary<string, ExpressionValue>(StringComparer.Ordinal));

    /// <summary>The values that are set.</summary>
    public IReadOnlyDictionary<string, ExpressionValue> SetValues => _values.AsReadOnly();

    /// <summary>The fabricated values of a run without a server, with the keys and defaults of CircleCI's own CLI (CL-23.2).</summary>
    public static PipelineValues Local(GitFacts git)
    {
        ArgumentNullException.ThrowIfNull(git);
        return new PipelineValues(LocalPipelineValues.For(git));
    }

    /// <summary>Gives a value: undefined when the name is known but unset. False when there is no pipeline value of that name. A <see cref="VariableLookup"/>.</summary>
    public bool TryGet(string name, out ExpressionValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _values.TryGetValue(name, out value) || PipelineValueRegistry.All.ContainsKey(name);
    }

    /// <summary>
    /// As <see cref="TryGet"/>, but an event-specific value that is unset does not exist, so that a config that reads it without a
    /// guard fails (CL-7.18). A <see cref="VariableLookup"/>.
    /// </summary>
    public bool TryGetInConfig(string name, out ExpressionValue value) =>
        TryGet(name, out value) && !(value.IsUndefined && PipelineValueRegistry.All[name].IsEventSpecific);

    /// <summary>
    /// As <see cref="TryGetInConfig"/>, but an empty branch or tag is unset, as CL-7.16 and the vectors of CL-7 have it: a text gets the
    /// empty string there, while <c>pipeline.git.tag or "none"</c> gives <c>none</c>. A <see cref="VariableLookup"/>.
    /// </summary>
    public bool TryGetInExpression(string name, out ExpressionValue value)
    {
        var isKnown = TryGetInConfig(name, out value);
        if (name is "pipeline.git.branch" or "pipeline.git.tag" && value.TryGetString(out var text) && text.Length == 0)
            value = ExpressionValue.Undefined;
        return isKnown;
    }

    /// <summary>The same values with one more, or without it when <paramref name="value"/> is undefined.</summary>
    /// <exception cref="ArgumentException">There is no pipeline value of that name, or it has another type.</exception>
    public PipelineValues With(string name, ExpressionValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!PipelineValueRegistry.All.TryGetValue(name, out var definition))
            throw new ArgumentException($"There is no pipeline value {name}", nameof(name));

        var values = new Dictionary<string, ExpressionValue>(_values, StringComparer.Ordinal);
        if (value.IsUndefined)
        {
            values.Remove(name);
            return new PipelineValues(values);
        }

        if (value.Kind != KindOf(definition.Type))
            throw new ArgumentException($"{name} has the type {definition.Type}, not {value.Kind}", nameof(value));

        values[name] = value;
        return new PipelineValues(values);
    }

    private static ExpressionValueKind KindOf(PipelineValueType type) => type switch
    {
        PipelineValueType.String => ExpressionValueKind.String,
        PipelineValueType.Integer => ExpressionValueKind.Integer,
        PipelineValueType.Boolean => ExpressionValueKind.Boolean,
        _ => throw new UnreachableException(),
    };
}
