using System.Collections.Frozen;

namespace Ringfence.Runner.Caches;

/// <summary>What the templates of a cache key stand for (EX-7.31), apart from files.</summary>
public sealed record CacheKeyFacts
{
    /// <summary>The branch; empty when a tag is built.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The number of the job.</summary>
    public long BuildNumber { get; init; }

    /// <summary>The commit.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The name of the SSH key that the checkout uses.</summary>
    public string CheckoutKey { get; init; } = "";

    /// <summary>Built-in, project and context variables; not what steps or the job's <c>environment</c> set. For a secret there is its digest.</summary>
    public FrozenDictionary<string, string> Environment { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>System and processor of the sandbox, such as <c>arch1-linux-amd64-6_85</c>.</summary>
    public string Arch { get; init; } = "";

    /// <summary>The time of <c>epoch</c>.</summary>
    public DateTimeOffset Now { get; init; }
}
