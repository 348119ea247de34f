namespace Ringfence.Runner.Caches;

/// <summary>What became of a <c>save_cache</c>. The step succeeds in any case.</summary>
public abstract record CacheSaveResult
{
    private CacheSaveResult()
    {
    }

    /// <summary>It is stored.</summary>
    public sealed record Saved(CacheEntry Entry) : CacheSaveResult;

    /// <summary>The key was there already, or somebody else was first (EX-7.33, EX-7.35).</summary>
    public sealed record AlreadyThere(CacheEntry Entry) : CacheSaveResult;
}
