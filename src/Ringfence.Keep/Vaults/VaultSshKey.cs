using System.Text.Json.Serialization;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Ssh;

namespace Ringfence.Keep.Vaults;

/// <summary>One additional SSH key of a project as it is stored: its private half sealed, everything else in the open.</summary>
public sealed record VaultSshKey
{
    // A key is what its fingerprint says, so there are no versions of one.
    private const long OnlyVersion = 1;

    /// <summary>The SHA-256 fingerprint of its public half, which it is found by.</summary>
    [JsonPropertyName("sha256")]
    public required string Sha256 { get; init; }

    /// <summary>The MD5 fingerprint, as configs may name it.</summary>
    [JsonPropertyName("md5")]
    public required string Md5 { get; init; }

    /// <summary>The public half, as in <c>authorized_keys</c>.</summary>
    [JsonPropertyName("public")]
    public required string PublicKey { get; init; }

    /// <summary>The only host that it is offered to; empty for every host (SSH-2).</summary>
    [JsonPropertyName("host")]
    public string Host { get; init; } = "";

    /// <summary>The sealed text of the private key.</summary>
    [JsonPropertyName("sealed")]
    public byte[] Sealed { get; init; } = [];

    /// <summary>The keyed fingerprint of that text, as the ledger has it.</summary>
    [JsonPropertyName("fingerprint")]
    public string Fingerprint { get; init; } = "";

    /// <summary>When it came.</summary>
    [JsonPropertyName("created_at")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who brought it.</summary>
    [JsonPropertyName("created_by")]
    public string CreatedBy { get; init; } = "";

    /// <summary>Whether the keep made it, so that it was never anywhere else.</summary>
    [JsonPropertyName("is_made_here")]
    public bool IsMadeHere { get; init; }

    /// <summary>Its fingerprints.</summary>
    [JsonIgnore]
    public SshFingerprints Fingerprints => new(Md5, Sha256);

    /// <summary>What it is called in the ledger, where variables have their names; no variable can be called so.</summary>
    [JsonIgnore]
    public string Name => NameOf(Sha256);

    /// <summary>What a key of a fingerprint is called in the ledger.</summary>
    public static string NameOf(string sha256) => "ssh-key:" + sha256;

    /// <summary>Where a key is sealed for.</summary>
    public static SealedPlace PlaceOf(string organization, string owner, string sha256) => new(organization, owner, NameOf(sha256), OnlyVersion);

    /// <summary>Where it is sealed for.</summary>
    public SealedPlace PlaceIn(VaultOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return PlaceOf(owner.Organization, owner.Key, Sha256);
    }
}
