using System.Text.Json.Serialization;

namespace Ringfence.Keep.Vaults;

/// <summary>The JSON of stored contexts and projects.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(VaultOwner))]
internal sealed partial class VaultJson : JsonSerializerContext;
