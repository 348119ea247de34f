using System.Text.Json.Serialization;

namespace Ringfence.Keep.Ledgers;

/// <summary>What an entry of the ledger tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LedgerKind>))]
public enum LedgerKind
{
    /// <summary>Never written; an entry without a kind is refused.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>A job got variables.</summary>
    [JsonStringEnumMemberName("grant")]
    Grant,

    /// <summary>A job got nothing.</summary>
    [JsonStringEnumMemberName("denial")]
    Denial,

    /// <summary>A context was made.</summary>
    [JsonStringEnumMemberName("context-created")]
    ContextCreated,

    /// <summary>A context was deleted, with its variables.</summary>
    [JsonStringEnumMemberName("context-deleted")]
    ContextDeleted,

    /// <summary>Who may use a context or a project's variables changed.</summary>
    [JsonStringEnumMemberName("policy-changed")]
    PolicyChanged,

    /// <summary>A variable got a value, or a project an SSH key.</summary>
    [JsonStringEnumMemberName("secret-set")]
    SecretSet,

    /// <summary>A variable or an SSH key was removed.</summary>
    [JsonStringEnumMemberName("secret-removed")]
    SecretRemoved,

    /// <summary>The steps that get a variable, its owner or its deadline changed.</summary>
    [JsonStringEnumMemberName("secret-changed")]
    SecretChanged,

    /// <summary>The keep got its keys.</summary>
    [JsonStringEnumMemberName("keys-created")]
    KeysCreated,

    /// <summary>Every secret was sealed anew to a new key.</summary>
    [JsonStringEnumMemberName("keys-rotated")]
    KeysRotated,

    /// <summary>The keys were written to another file.</summary>
    [JsonStringEnumMemberName("keys-backed-up")]
    KeysBackedUp,

    /// <summary>The keys came back from another file.</summary>
    [JsonStringEnumMemberName("keys-restored")]
    KeysRestored,

    /// <summary>Something else guards the file of the keys.</summary>
    [JsonStringEnumMemberName("keys-guarded")]
    KeysGuarded,

    /// <summary>A person goes on from an older copy of the keep, without entries that had been there.</summary>
    [JsonStringEnumMemberName("older-accepted")]
    OlderAccepted,

    /// <summary>The gate found a secret in something that left a job.</summary>
    [JsonStringEnumMemberName("caught")]
    Caught,

    /// <summary>The sandboxes were tried for leaks.</summary>
    [JsonStringEnumMemberName("isolation-checked")]
    IsolationChecked,
}
