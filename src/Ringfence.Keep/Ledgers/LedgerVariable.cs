using System.Text.Json.Serialization;

namespace Ringfence.Keep.Ledgers;

/// <summary>A variable, or an SSH key, in an entry of the ledger.</summary>
/// <param name="Name">Its name; of a key <c>ssh-key:</c> and its SHA-256 fingerprint.</param>
/// <param name="Owner">What holds it: <c>context:id</c> or <c>project:id</c>.</param>
/// <param name="OwnerName">The owner's name.</param>
/// <param name="Version">The version.</param>
/// <param name="Fingerprint">The keyed fingerprint of its value.</param>
/// <param name="Steps">The numbers of the steps that could read it, from 0; null for all.</param>
public sealed record LedgerVariable(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("owner")] string Owner,
    [property: JsonPropertyName("of")] string OwnerName,
    [property: JsonPropertyName("version")] long Version,
    [property: JsonPropertyName("print")] string Fingerprint,
    [property: JsonPropertyName("steps")] System.Collections.Immutable.ImmutableArray<int>? Steps = null);
