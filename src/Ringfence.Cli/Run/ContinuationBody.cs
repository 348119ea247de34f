using System.Globalization;
using System.Text.Json;

namespace Ringfence.Cli.Run;

/// <summary>What a setup job sends to continue its pipeline (CL-20.3): <c>configuration</c> as text, and <c>parameters</c> as a map.</summary>
internal static class ContinuationBody
{
    // §21 of the config rules: what a call of the API may bring.
    private const int MostParameters = 100;
    private const int MostInName = 128;
    private const int MostInValue = 512;

    /// <summary>Takes it apart.</summary>
    /// <returns>The config, the parameters as a map in JSON, and why it cannot be used; that is null when it can.</returns>
    public static (string Configuration, string Parameters, string? WhyNot) Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("configuration", out var configuration) || configuration.ValueKind != JsonValueKind.String)
                return ("", "", "what the setup job sent has no text 'configuration'");
            var parameters = root.TryGetProperty("parameters", out var given) && given.ValueKind != JsonValueKind.Null ? given.GetRawText() : "{}";
            return WhyNot(given) is { } whyNot ? ("", "", whyNot) : (configuration.GetString()!, parameters, null);
        }
        catch (JsonException)
        {
            return ("", "", "what the setup job sent is not JSON");
        }
    }

    private static string? WhyNot(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object)
            return null;
        if (parameters.GetPropertyCount() > MostParameters)
            return string.Create(CultureInfo.InvariantCulture, $"the setup job sent more than {MostParameters} parameters");
        foreach (var parameter in parameters.EnumerateObject())
        {
            if (parameter.Name.Length > MostInName)
                return string.Create(CultureInfo.InvariantCulture, $"the name of a parameter, '{parameter.Name[..20]}…', has more than {MostInName} characters");
            if (parameter.Value.ToString().Length > MostInValue)
                return string.Create(CultureInfo.InvariantCulture, $"the value of the parameter '{parameter.Name}' has more than {MostInValue} characters");
        }

        return null;
    }
}
