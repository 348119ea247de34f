using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Says in words why a workflow does not run: its condition, and the values that decided it.</summary>
internal static class ConditionText
{
    private const int Longest = 160;

    public static string Reason(YamlEntry condition, Bindings bindings)
    {
        var written = Show(condition.Value);
        if (written.Length > Longest)
            written = written[..(Longest - 1)] + "…";
        var values = NamesIn(condition.Value).Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Value: bindings.Find(name, condition.Key.Span)))
            .Where(v => v.Value is not null)
            .Select(v => $"{v.Name} is {Value(v.Value!)}")
            .ToList();
        var outcome = condition.Name is "when" ? "'when' is false" : "'unless' is true";
        return $"{outcome}: {written}" + (values.Count == 0 ? "" : $" ({string.Join(", ", values)})");
    }

    private static string Show(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => "null",
        YamlScalar scalar => string.Join(' ', scalar.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        YamlSequence sequence => $"[{string.Join(", ", sequence.Items.Take(20).Select(Show))}]",
        YamlMapping { Entries: [var only] } => $"{only.Name}: {Show(only.Value)}",
        YamlMapping mapping => $"{{{string.Join(", ", mapping.Entries.Take(20).Select(e => $"{e.Name}: {Show(e.Value)}"))}}}",
        _ => node.TypeName,
    };

    private static string Value(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => "not set",
        YamlScalar { Kind: ScalarKind.String } scalar => $"\"{scalar.Text}\"",
        YamlScalar scalar => scalar.Text,
        _ => node.TypeName,
    };

    /// <summary>The pipeline names that a condition mentions, in either form.</summary>
    private static IEnumerable<string> NamesIn(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                foreach (var word in scalar.Text.Split([' ', '\t', '\r', '\n', '(', ')', '<', '>', '!', '='], StringSplitOptions.RemoveEmptyEntries))
                {
                    if (word.StartsWith("pipeline.", StringComparison.Ordinal))
                        yield return word;
                }

                break;
            case YamlSequence sequence:
                foreach (var name in sequence.Items.SelectMany(NamesIn))
                    yield return name;
                break;
            case YamlMapping mapping:
                foreach (var name in mapping.Entries.SelectMany(e => NamesIn(e.Value)))
                    yield return name;
                break;
        }
    }
}
