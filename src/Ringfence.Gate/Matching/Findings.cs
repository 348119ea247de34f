using System.Collections.Immutable;

namespace Ringfence.Gate.Matching;

/// <summary>What was caught so far: the first of them one by one, all of them counted.</summary>
internal sealed class Findings
{
    /// <summary>How many are kept one by one.</summary>
    public const int Most = 1000;

    private readonly List<Caught> _caught = [];

    public long Count { get; private set; }

    public ImmutableArray<Caught> ToImmutable() => [.. _caught];

    public void Add(string secret, string form, string path, long offset)
    {
        Count++;
        if (_caught.Count < Most)
            _caught.Add(new Caught(secret, form, path, offset));
    }
}
