using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Cli.Diagnostics;
using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Cli.Input;

/// <summary>Reads the value of <c>--pipeline-parameters</c>: a file if there is one of that name, else the map itself (CL-23.1a).</summary>
internal static class ParameterInput
{
    private const string Inline = "--pipeline-parameters";
    private const string Example = "Write a map such as '{deploy: true, image: \"16\"}'.";

    /// <summary>The values by name; empty when nothing is given, or when it cannot be used, and then the reason is reported.</summary>
    public static ImmutableDictionary<string, ParameterValue> Read(string? option, Surroundings surroundings, InputReader input, DiagnosticBag problems)
    {
        var none = ImmutableDictionary<string, ParameterValue>.Empty;
        if (option is null)
            return none;

        var text = IsFile(option, surroundings) ? input.Read(option, "file of pipeline parameters") : new SourceText(Inline, option);
        if (text is null || YamlReader.Read(text, problems, Limits.Default) is not { } root)
            return none;
        if (root is not YamlMapping map)
        {
            problems.Add(new Diagnostic(InputCodes.BadParameters, root.Span, $"Pipeline parameters must be a map, not a {root.TypeName}.", Example));
            return none;
        }

        var values = none.ToBuilder();
        foreach (var entry in map.Entries)
        {
            if (ValueOf(entry.Value) is { } value)
                values[entry.Name] = value;
            else
                problems.Add(new Diagnostic(InputCodes.BadParameters, entry.Value.Span, $"The pipeline parameter '{entry.Name}' cannot be a {entry.Value.TypeName}.", HintFor(entry.Name)));
        }

        return values.ToImmutable();
    }

    /// <summary>In <c>{deploy:true}</c> YAML sees one name, <c>deploy:true</c>, without a value.</summary>
    private static string HintFor(string name) => name.Split(':', 2) is [{ Length: > 0 } before, { Length: > 0 } after]
        ? $"YAML asks for a blank after the colon: '{{{before}: {after}}}'."
        : "A value is a text, true or false, or a whole number.";

    private static bool IsFile(string option, Surroundings surroundings) =>
        option.Length is > 0 and < 4096 && !option.AsSpan().ContainsAny('\n', '\0') && Path.Exists(surroundings.FullPath(option));

    private static ParameterValue? ValueOf(YamlNode node) => node switch
    {
        YamlScalar { Kind: ScalarKind.String } text => new ParameterValue.Text(text.Text),
        YamlScalar { Kind: ScalarKind.Boolean } flag => new ParameterValue.Flag(flag.Text is "true"),
        YamlScalar { Kind: ScalarKind.Integer } number when long.TryParse(number.Text, CultureInfo.InvariantCulture, out var value) => new ParameterValue.Number(value),
        _ => null,
    };
}
