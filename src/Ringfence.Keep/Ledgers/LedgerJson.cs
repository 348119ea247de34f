using System.Text.Json.Serialization;

namespace Ringfence.Keep.Ledgers;

/// <summary>The JSON of ledger entries: one line each, without what is empty.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LedgerEntry))]
internal sealed partial class LedgerJson : JsonSerializerContext;
