using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>The JSON of isolation checks, as it is printed and kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(IsolationReport))]
internal sealed partial class IsolationJson : JsonSerializerContext
{
    /// <summary>Leaves quotes and letters of all languages as they are.</summary>
    public static IsolationJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
