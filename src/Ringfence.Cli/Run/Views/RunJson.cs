using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Cli.Run.Views;

/// <summary>The JSON of runs: snake_case, one line, without members that are null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonRunEvent))]
internal sealed partial class RunJson : JsonSerializerContext
{
    private static RunJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>An event as one line, without its end.</summary>
    public static string Line(JsonRunEvent happened) => JsonSerializer.Serialize(happened, Readable.JsonRunEvent);
}
