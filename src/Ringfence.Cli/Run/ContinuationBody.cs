using System.Text.Json;

namespace Ringfence.Cli.Run;

/// <summary>What a setup job sends to continue its pipeline (CL-20.3): <c>configuration</c> as text, and <c>parameters</c> as a map.</summary>
internal static class ContinuationBody
{
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
            return (configuration.GetString()!, parameters, null);
        }
        catch (JsonException)
        {
            return ("", "", "what the setup job sent is not JSON");
        }
    }
}
