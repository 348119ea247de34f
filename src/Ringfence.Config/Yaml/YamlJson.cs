using System.Globalization;
using System.Text.Json;

namespace Ringfence.Config.Yaml;

/// <summary>Writes YAML values as JSON.</summary>
public static class YamlJson
{
    /// <summary>Writes a value. What JSON has no number for (infinity, or a whole number beyond 64 bits) becomes a text.</summary>
    public static void Write(YamlNode node, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(writer);
        switch (node)
        {
            case YamlScalar scalar:
                WriteScalar(scalar, writer);
                break;
            case YamlSequence sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            case YamlMapping mapping:
                writer.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    writer.WritePropertyName(entry.Name);
                    Write(entry.Value, writer);
                }

                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentException($"A {node.GetType().Name} is not part of a document", nameof(node));
        }
    }

    private static void WriteScalar(YamlScalar scalar, Utf8JsonWriter writer)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.Null:
                writer.WriteNullValue();
                break;
            case ScalarKind.Boolean:
                writer.WriteBooleanValue(scalar.Text is "true");
                break;
            case ScalarKind.Integer when long.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var whole):
                writer.WriteNumberValue(whole);
                break;
            case ScalarKind.Float when double.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(scalar.Text);
                break;
        }
    }
}
