using Ringfence.Config.Yaml;

namespace Ringfence.Config.Templates;

/// <summary>What counts as true in a condition (CL-8.6).</summary>
internal static class Truth
{
    /// <summary>Everything is true but false, null, zero, NaN, the empty text and what holds nothing.</summary>
    public static bool Of(YamlNode node) => node switch
    {
        YamlScalar { Kind: ScalarKind.Null } => false,
        YamlScalar { Kind: ScalarKind.Boolean } scalar => scalar.Text is "true",
        YamlScalar { Kind: ScalarKind.Integer } scalar => scalar.Text is not "0",
        YamlScalar { Kind: ScalarKind.Float } scalar => scalar.Text is not ("0.0" or "-0.0" or ".NaN"),
        YamlScalar scalar => scalar.Text.Length > 0,
        BoundSteps steps => steps.Steps.Length > 0,
        YamlSequence sequence => sequence.Items.Length > 0,
        YamlMapping mapping => mapping.Entries.Length > 0,
        _ => true,
    };
}
