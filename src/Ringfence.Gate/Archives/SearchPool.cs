using System.Collections.Concurrent;

namespace Ringfence.Gate.Archives;

/// <summary>Parts that no scan uses at the moment, zeroed. Safe to share between threads.</summary>
internal sealed class SearchPool(SecretMatcher matcher)
{
    /// <summary>What is kept: an archive within an archive needs three.</summary>
    private const int Most = 8;

    private readonly ConcurrentBag<SearchParts> _idle = [];

    public SearchParts Take() => _idle.TryTake(out var parts) ? parts : new SearchParts(matcher);

    public void Return(SearchParts parts)
    {
        parts.Dispose();
        if (_idle.Count < Most)
            _idle.Add(parts);
    }
}
