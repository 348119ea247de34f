using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ringfence.Keep.Vaults;

/// <summary>One variable as it is stored: its value sealed, everything else in the open.</summary>
public sealed record VaultVariable
{
    /// <summary>The name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The version, from 1; it also counts removals.</summary>
    [JsonPropertyName("version")]
    public long Version { get; init; }

    /// <summary>The sealed value; empty when it was removed.</summary>
    [JsonPropertyName("sealed")]
    public byte[] Sealed { get; init; } = [];

    /// <summary>The keyed fingerprint of the value (ENV-9).</summary>
    [JsonPropertyName("fingerprint")]
    public string Fingerprint { get; init; } = "";

    /// <summary>What its shape says it is, such as an AWS key.</summary>
    [JsonPropertyName("kind")]
    public string Kind { get; init; } = "";

    /// <summary>The last four characters of a value that is long enough to show them (CTX-8, ENV-1); otherwise empty.</summary>
    [JsonPropertyName("ending")]
    public string Ending { get; init; } = "";

    /// <summary>When it was made.</summary>
    [JsonPropertyName("created_at")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    [JsonPropertyName("created_by")]
    public string CreatedBy { get; init; } = "";

    /// <summary>When it got the value that it has.</summary>
    [JsonPropertyName("rotated_at")]
    public DateTimeOffset RotatedAt { get; init; }

    /// <summary>Who gave it that.</summary>
    [JsonPropertyName("rotated_by")]
    public string RotatedBy { get; init; } = "";

    /// <summary>When it was removed; null when it was not.</summary>
    [JsonPropertyName("removed_at")]
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Who looks after it; empty when nobody was named.</summary>
    [JsonPropertyName("person")]
    public string Person { get; init; } = "";

    /// <summary>When it ought to be replaced (INC-14); null for never.</summary>
    [JsonPropertyName("deadline")]
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Whether somebody has let it have a name that changes how programs behave (CTX-22).</summary>
    [JsonPropertyName("allows_guarded")]
    public bool AllowsGuarded { get; init; }

    /// <summary>The steps that get it; empty for all (ENV-7).</summary>
    [JsonPropertyName("fence")]
    public ImmutableArray<VaultFenceStep> Fence { get; init; } = [];
}
