namespace Ringfence.Runner.Caches;

/// <summary>A key, or why there is none.</summary>
public abstract record CacheKeyResult
{
    private CacheKeyResult()
    {
    }

    /// <summary>The key, with all templates filled in.</summary>
    public sealed record Key(string Text) : CacheKeyResult;

    /// <summary>The step fails with this line (EX-7.32).</summary>
    public sealed record Failed(string Error) : CacheKeyResult;
}
