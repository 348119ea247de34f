using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ringfence.Gate.Forms;

/// <summary>
/// The parts of a value that are secret by themselves: the lines of a key, the fields of a JSON object, the values of an environment file, the password
/// in an address. Not the lines that anybody's key or JSON has: masking those would spoil ordinary text.
/// </summary>
internal static partial class ValueParts
{
    public const string Line = "line ";

    private const int MostParts = 1000;
    private const int Deepest = 8;

    // What they hold is the same for everybody.
    private static readonly string[] PublicFields = ["type", "universe_domain"];

    public static IEnumerable<Form> Of(byte[] value)
    {
        if (TextForms.TextOf(value) is not { } text)
            return [];
        return All(text).Where(part => part.Value.Length >= MaskingLimit.ShortestEncoded && !IsPublic(part.Value) && part.Value != text)
            .Take(MostParts)
            .Select(part => new Form(part.Name, Encoding.UTF8.GetBytes(part.Value)));
    }

    private static IEnumerable<(string Name, string Value)> All(string text)
    {
        if (text.AsSpan().TrimStart() is ['{' or '[', ..] && Fields(text) is { Count: > 0 } fields)
            return fields;
        if (Password().Match(text) is { Success: true } address)
            return [("password in the address", Uri.UnescapeDataString(address.Groups[1].Value)), ("password in the address", address.Groups[1].Value)];
        return Lines(text, "");
    }

    private static IEnumerable<(string Name, string Value)> Lines(string text, string within)
    {
        var lines = text.Split('\n');
        for (var i = 0; lines.Length > 1 && i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (Setting().Match(line) is { Success: true } setting && !IsEndOfBase64(line))
                line = setting.Groups[1].Value.Trim().Trim('"', '\'');
            if (!PublicStart.IsLine(line))
                yield return (string.Create(CultureInfo.InvariantCulture, $"{Line}{i + 1}{within}"), line);
        }
    }

    /// <summary>The last line of a key ends in signs that look like a setting's.</summary>
    private static bool IsEndOfBase64(string line) => line.Length % 4 == 0 && line.TrimEnd('=').All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/');

    private static List<(string Name, string Value)> Fields(string text)
    {
        var fields = new List<(string, string)>();
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64, AllowTrailingCommas = true });
            Collect(document.RootElement, "", 0, fields);
        }
        catch (JsonException)
        {
            // Not JSON after all: its lines will do.
        }

        return fields;
    }

    private static void Collect(JsonElement element, string name, int depth, List<(string, string)> fields)
    {
        if (depth > Deepest || fields.Count >= MostParts)
            return;
        switch (element.ValueKind)
        {
            case JsonValueKind.String when !PublicFields.Contains(name):
                var value = element.GetString()!;
                fields.Add(($"field {name}", value));
                fields.AddRange(Lines(value, $" of field {name}"));
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Collect(property.Value, property.Name, depth + 1, fields);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Collect(item, name, depth + 1, fields);
                break;
        }
    }

    /// <summary>An address without a password or a query is no secret, though it may stand in one.</summary>
    private static bool IsPublic(string value) =>
        (value.StartsWith("https://", StringComparison.Ordinal) || value.StartsWith("http://", StringComparison.Ordinal))
        && value.AsSpan().IndexOfAny('@', '?', '#') < 0;

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9+.-]*://[^/@\s:]*:([^/@\s]+)@", RegexOptions.NonBacktracking)]
    private static partial Regex Password();

    // "NAME=value", "export NAME=value", "name: value", "- name: value", "name:"
    [GeneratedRegex(@"^(?:export +)?(?:- +)?[A-Za-z_][\w.-]*(?:=|: +|:$)(.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Setting();
}
