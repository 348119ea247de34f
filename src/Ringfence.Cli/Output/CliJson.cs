using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ringfence.Cli.Graph;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Ledgers;

namespace Ringfence.Cli.Output;

/// <summary>The JSON that commands print: snake_case, indented, without members that are null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(JsonVerdict))]
[JsonSerializable(typeof(JsonGraph))]
[JsonSerializable(typeof(IReadOnlyList<JsonStoredOrb>))]
[JsonSerializable(typeof(IReadOnlyList<JsonStoredCache>))]
[JsonSerializable(typeof(JsonExamination))]
[JsonSerializable(typeof(IReadOnlyList<JsonOwner>))]
[JsonSerializable(typeof(IReadOnlyList<JsonSecret>))]
[JsonSerializable(typeof(IReadOnlyList<JsonSshKey>))]
[JsonSerializable(typeof(IReadOnlyList<JsonRelease>))]
[JsonSerializable(typeof(IReadOnlyList<LedgerEntry>))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>Leaves quotes, angle brackets and letters of all languages as they are: the output is read by programs and people, not put into HTML.</summary>
    public static CliJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
