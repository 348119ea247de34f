using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation;

/// <summary>Which values a parameter takes; nothing is converted (CL-5.11).</summary>
internal static class ArgumentTypes
{
    public static bool Accepts(ParameterDeclaration parameter, YamlNode value) => parameter.Type switch
    {
        ParameterType.String => value is YamlScalar { Kind: ScalarKind.String },
        ParameterType.Boolean => value is YamlScalar { Kind: ScalarKind.Boolean },
        ParameterType.Integer => value is YamlScalar { Kind: ScalarKind.Integer },
        ParameterType.Enum => value is YamlScalar scalar && IsMember(parameter, scalar),
        ParameterType.EnvVarName => value is YamlScalar { Kind: ScalarKind.String } name && IsPosixName(name.Text),
        ParameterType.Executor => value is BoundExecutor or YamlMapping or YamlScalar { Kind: ScalarKind.String },
        ParameterType.Steps => value is BoundSteps or YamlSequence,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool IsMember(ParameterDeclaration parameter, YamlScalar value)
    {
        foreach (var member in parameter.Members)
        {
            if (member.Kind == value.Kind && string.Equals(member.Text, value.Text, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>CL-4.8: a letter or <c>_</c>, then letters, digits and <c>_</c>.</summary>
    public static bool IsPosixName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    public static string NameOf(ParameterType type) => type == ParameterType.EnvVarName ? "env_var_name" : type.ToString().ToLowerInvariant();

    public static string NameOf(YamlNode value) => value switch
    {
        BoundExecutor => "executor",
        BoundSteps => "steps",
        _ => value.TypeName.ToLowerInvariant(),
    };

    /// <summary>The value as a message shows it; long ones are cut.</summary>
    public static string Show(YamlNode value)
    {
        var text = value switch
        {
            BoundExecutor executor => executor.Name.Text,
            YamlScalar { IsNull: true } => "null",
            YamlScalar scalar => scalar.Text,
            _ => $"a {value.TypeName.ToLowerInvariant()}",
        };
        text = text.ReplaceLineEndings(" ");
        return text.Length > 60 ? text[..57] + "…" : text;
    }

    public static string? HintFor(ParameterDeclaration parameter, YamlNode value) => (parameter.Type, value) switch
    {
        (ParameterType.String, YamlScalar { Kind: not ScalarKind.Null }) => "Quote the value to make it a string.",
        (ParameterType.Boolean, YamlScalar { Kind: ScalarKind.String, Text: "true" or "false" or "yes" or "no" or "on" or "off" }) => "Remove the quotes to make it a boolean.",
        (ParameterType.Integer, YamlScalar { Kind: ScalarKind.String } scalar) when long.TryParse(scalar.Text, out _) => "Remove the quotes to make it a number.",
        (ParameterType.Enum, _) => $"It takes one of: {string.Join(", ", parameter.Members.Select(m => m.Text))}.",
        (ParameterType.Steps, _) => "Steps are always a list: put '- ' before each.",
        (ParameterType.EnvVarName, _) => "A variable's name is letters, digits and '_', and does not begin with a digit.",
        _ => null,
    };
}
