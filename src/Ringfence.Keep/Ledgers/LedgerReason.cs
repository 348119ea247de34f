using System.Text.Json.Serialization;

namespace Ringfence.Keep.Ledgers;

/// <summary>A check that failed.</summary>
/// <param name="Code">What another program reads (CTX-53).</param>
/// <param name="Owner">The context or project; empty for checks of the job.</param>
/// <param name="Text">The sentence for a person.</param>
public sealed record LedgerReason([property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("owner")] string Owner, [property: JsonPropertyName("text")] string Text);
