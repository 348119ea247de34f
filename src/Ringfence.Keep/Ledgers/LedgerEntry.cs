using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ringfence.Keep.Ledgers;

/// <summary>One line of the ledger: what happened, when, because of whom. It names secrets and never holds one.</summary>
public sealed record LedgerEntry
{
    /// <summary>Its number, from 1 without a gap.</summary>
    [JsonPropertyName("n")]
    public long Number { get; init; }

    /// <summary>The SHA-256 of the entry before it, in hex; empty for the first.</summary>
    [JsonPropertyName("prev")]
    public string Previous { get; init; } = "";

    /// <summary>When the keep decided.</summary>
    [JsonPropertyName("at")]
    public DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    [JsonPropertyName("what")]
    public required LedgerKind Kind { get; init; }

    /// <summary>Who asked: the actor of a job, or the person at the command line.</summary>
    [JsonPropertyName("by")]
    public string By { get; init; } = "";

    /// <summary>The request it answers. No request is answered twice.</summary>
    [JsonPropertyName("request")]
    public string Request { get; init; } = "";

    /// <summary>The organization.</summary>
    [JsonPropertyName("org")]
    public string Organization { get; init; } = "";

    /// <summary>The context or project it is about, as <c>context:id</c> or <c>project:id</c>; empty for several.</summary>
    [JsonPropertyName("owner")]
    public string Owner { get; init; } = "";

    /// <summary>The owner's name when it happened.</summary>
    [JsonPropertyName("name")]
    public string OwnerName { get; init; } = "";

    /// <summary>The variables that were released or changed.</summary>
    [JsonPropertyName("variables")]
    public ImmutableArray<LedgerVariable> Variables { get; init; } = [];

    /// <summary>The job that asked for secrets; null for other events.</summary>
    [JsonPropertyName("job")]
    public LedgerJob? Job { get; init; }

    /// <summary>Why it was denied: every check that failed, in their fixed order (CTX-35).</summary>
    [JsonPropertyName("reasons")]
    public ImmutableArray<LedgerReason> Reasons { get; init; } = [];

    /// <summary>The heads of entries that were there and are not any more, and that a person gave up with this one; null for other events.</summary>
    [JsonPropertyName("given_up")]
    public ImmutableArray<string>? GivenUp { get; init; }

    /// <summary>More to know, in words.</summary>
    [JsonPropertyName("text")]
    public string Text { get; init; } = "";

    /// <summary>The SHA-256 of what was released or set, of a policy: it ties the stored bytes to this entry; in hex.</summary>
    [JsonPropertyName("digest")]
    public string Digest { get; init; } = "";

    /// <summary>Whether a head was given up with this entry.</summary>
    internal bool GivesUp(LedgerHead head) => GivenUp is { IsDefault: false } heads && heads.Contains(head.ToString());
}
