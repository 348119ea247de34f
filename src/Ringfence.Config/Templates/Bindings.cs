using Ringfence.Config.Expressions;
using Ringfence.Config.Values;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Templates;

/// <summary>What names mean at one place of a config (CL-6.2). Nothing is inherited from a caller (CL-5.17).</summary>
internal sealed record Bindings
{
    private const string ParameterPrefix = "parameters.";
    private const string MatrixPrefix = "matrix.";

    /// <summary>The pipeline.</summary>
    public required PipelineScope Pipeline { get; init; }

    /// <summary>Whether <c>pipeline.parameters.*</c> may be read: in the project's config, not in an orb (CL-15.11).</summary>
    public required bool SeesPipelineParameters { get; init; }

    /// <summary>The parameters of the element; null outside of elements.</summary>
    public Dictionary<string, YamlNode>? Parameters { get; init; }

    /// <summary>The values of one matrix member; null outside of a matrix.</summary>
    public Dictionary<string, YamlNode>? Matrix { get; init; }

    /// <summary>The value of a name; null when the name means nothing here. A known name without a value gives a null scalar.</summary>
    public YamlNode? Find(string name, SourceSpan at)
    {
        if (name.StartsWith(ParameterPrefix, StringComparison.Ordinal))
            return Parameters is { } own && own.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.AsSpan(ParameterPrefix.Length), out var argument) ? argument : null;
        if (name.StartsWith(MatrixPrefix, StringComparison.Ordinal))
            return Matrix is { } matrix && matrix.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.AsSpan(MatrixPrefix.Length), out var member) ? member : null;
        if (After(name, PipelineValueRegistry.ParameterPrefix) is { } pipelineParameter)
            return SeesPipelineParameters ? Pipeline.Parameters.GetValueOrDefault(pipelineParameter) : null;
        return Pipeline.Values.TryGetInConfig(name, out var value) ? ToNode(value, at) : null;
    }

    /// <summary>The same for expressions.</summary>
    public bool TryFind(string name, out ExpressionValue value)
    {
        value = default;
        if (name.StartsWith("pipeline.", StringComparison.Ordinal) && !name.StartsWith(PipelineValueRegistry.ParameterPrefix, StringComparison.Ordinal))
            return Pipeline.Values.TryGetInExpression(name, out value);
        if (Find(name, SourceSpan.None) is not { } node)
            return false;
        value = ToValue(node);
        return true;
    }

    /// <summary>Every name that means something here, for "did you mean".</summary>
    public IEnumerable<string> Names() =>
        ((IEnumerable<string>?)Parameters?.Keys ?? []).Select(n => "parameters." + n)
            .Concat(((IEnumerable<string>?)Matrix?.Keys ?? []).Select(n => "matrix." + n))
            .Concat(SeesPipelineParameters ? Pipeline.Parameters.Keys.Select(n => PipelineValueRegistry.ParameterPrefix + n) : [])
            .Concat(PipelineValueRegistry.All.Keys);

    /// <summary>A value of an expression as a node.</summary>
    public static YamlScalar ToNode(ExpressionValue value, SourceSpan at)
    {
        if (value.TryGetBoolean(out var flag))
            return YamlScalar.Boolean(flag, at);
        if (value.TryGetInteger(out var number))
            return YamlScalar.Integer(number, at);
        return value.TryGetString(out var text) ? YamlScalar.String(text, at) : YamlScalar.Null(at);
    }

    private static ExpressionValue ToValue(YamlNode node) => node switch
    {
        BoundExecutor executor => ExpressionValue.String(executor.Name.Text),
        YamlScalar { Kind: ScalarKind.Null } => ExpressionValue.Undefined,
        YamlScalar { Kind: ScalarKind.Boolean } scalar => ExpressionValue.Boolean(scalar.Text is "true"),
        YamlScalar { Kind: ScalarKind.Integer } scalar when long.TryParse(scalar.Text, System.Globalization.CultureInfo.InvariantCulture, out var number) =>
            ExpressionValue.Integer(number),
        YamlScalar scalar => ExpressionValue.String(scalar.Text),
        BoundSteps steps => ExpressionValue.Boolean(steps.Steps.Length > 0),
        _ => ExpressionValue.Boolean(true),
    };

    private static string? After(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
}
