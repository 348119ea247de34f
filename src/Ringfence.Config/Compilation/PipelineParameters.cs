using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>Gives each pipeline parameter its value: what was given from outside, or the default (CL-5.22 to CL-5.25).</summary>
internal sealed class PipelineParameters(Session session, Substitution substitution)
{
    private readonly ImmutableArray<string>.Builder _changed = ImmutableArray.CreateBuilder<string>();

    /// <summary>The parameters that were given another value than their default (CL-20.5).</summary>
    public ImmutableArray<string> Changed => _changed.ToImmutable();

    /// <summary>The values by name.</summary>
    public ImmutableDictionary<string, YamlNode> Bind(YamlNode? section)
    {
        var declared = ParameterReader.Read(section, session, ParameterPlace.Pipeline);
        var given = session.Request.Parameters;
        foreach (var name in given.Keys.Where(n => !declared.Any(d => string.Equals(d.Name, n, StringComparison.Ordinal))).Order(StringComparer.Ordinal))
        {
            session.Report(
                ReferenceCodes.UnexpectedArgument, section?.Span is { } span ? span with { End = span.Start + 1 } : SourceSpan.None, $"Unexpected argument(s): {name}",
                Spelling.DidYouMean(name, declared.Select(d => d.Name), "Declare the pipeline parameter under the top-level 'parameters:'."));
        }

        // A default may hold pipeline values, but no other parameter (CL-5.6).
        var bindings = new Bindings { Pipeline = new PipelineScope(session.Request.Values, []), SeesPipelineParameters = false };
        var values = ImmutableDictionary.CreateBuilder<string, YamlNode>(StringComparer.Ordinal);
        foreach (var parameter in declared)
        {
            var value = given.TryGetValue(parameter.Name, out var outside) ? FromOutside(parameter, outside) : Default(parameter, bindings);
            values[parameter.Name] = value ?? YamlScalar.Null(parameter.Span);
            if (given.ContainsKey(parameter.Name) && value is not null && (parameter.Default is not { MayHoldTemplate: false } usual || ToValue(usual) != ToValue(value)))
                _changed.Add(parameter.Name);
        }

        return values.ToImmutable();
    }

    public static ParameterValue ToValue(YamlNode node) => node switch
    {
        YamlScalar { Kind: ScalarKind.Boolean } scalar => new ParameterValue.Flag(scalar.Text is "true"),
        YamlScalar { Kind: ScalarKind.Integer } scalar when long.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var number) => new ParameterValue.Number(number),
        YamlScalar scalar => new ParameterValue.Text(scalar.Text),
        _ => new ParameterValue.Text(""),
    };

    private YamlNode? Default(ParameterDeclaration parameter, Bindings bindings)
    {
        if (parameter.Default is not { MayHoldTemplate: true } written)
            return parameter.Default;
        var value = substitution.Apply(written, bindings);
        if (!ArgumentTypes.Accepts(parameter, value))
        {
            session.Report(
                ReferenceCodes.DefaultType, written.Span,
                $"Parameter error: default value of parameter '{parameter.Name}' is '{ArgumentTypes.Show(value)}' (type {ArgumentTypes.NameOf(value)}): expected type {ArgumentTypes.NameOf(parameter.Type)}",
                ArgumentTypes.HintFor(parameter, value));
        }

        return value;
    }

    private YamlScalar? FromOutside(ParameterDeclaration parameter, ParameterValue given)
    {
        var value = Convert(parameter, given);
        if (ArgumentTypes.Accepts(parameter, value))
            return value;

        session.Report(
            ReferenceCodes.ArgumentType, parameter.Span,
            $"Type error for argument {parameter.Name}: expected type: {ArgumentTypes.NameOf(parameter.Type)}, actual value: \"{ArgumentTypes.Show(value)}\" (type {ArgumentTypes.NameOf(value)})",
            parameter.Type == ParameterType.Enum ? ArgumentTypes.HintFor(parameter, value) : "Give the pipeline parameter a value of its declared type.");
        return null;
    }

    /// <summary>At this boundary, and only here, a text that spells the declared type is taken for it (CL-5.25).</summary>
    private static YamlScalar Convert(ParameterDeclaration parameter, ParameterValue given) => (parameter.Type, given) switch
    {
        (ParameterType.Boolean, ParameterValue.Text { Value: "true" or "false" } text) => YamlScalar.Boolean(text.Value is "true", SourceSpan.None),
        (ParameterType.Integer, ParameterValue.Text text) when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            YamlScalar.Integer(number, SourceSpan.None),
        (_, ParameterValue.Flag flag) => YamlScalar.Boolean(flag.Value, SourceSpan.None),
        (_, ParameterValue.Number number) => YamlScalar.Integer(number.Value, SourceSpan.None),
        _ => YamlScalar.String(given.Written, SourceSpan.None),
    };
}
