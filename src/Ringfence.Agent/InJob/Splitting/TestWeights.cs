using System.Collections.Immutable;
using Ringfence.Protocol.Tests;

namespace Ringfence.Agent.InJob.Splitting;

/// <summary>Looks up what tests weigh: bytes of their files, or microseconds of stored timings.</summary>
internal sealed class TestWeights(InJobSurroundings surroundings)
{
    private readonly TestPath _paths = new(surroundings.WorkingDirectory);

    /// <summary>The bytes of a file; null if it is not there.</summary>
    public long? FileSize(TestName name)
    {
        try
        {
            var file = new FileInfo(Path.Join(name.Text is ['/', ..] ? "" : surroundings.WorkingDirectory + "/", name.Text));
            return file.Exists ? file.Length : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// The timing of each name that has one, in microseconds. The way to look up that knows the most names wins; with as many, the file name.
    /// </summary>
    public IReadOnlyDictionary<TestName, long> Timings(ImmutableArray<TestName> names, TestTimings timings, TimingsType type)
    {
        IReadOnlyDictionary<string, double>[] tables = type switch
        {
            TimingsType.FileName => [timings.Filename],
            TimingsType.ClassName => [timings.Classname],
            TimingsType.TestName => [timings.Testname],
            _ => [timings.Filename, timings.Classname],
        };
        return tables.Select(table => Known(names, table)).OrderByDescending(known => known.Count).First();
    }

    private Dictionary<TestName, long> Known(ImmutableArray<TestName> names, IReadOnlyDictionary<string, double> seconds)
    {
        var plain = new Dictionary<string, double>(StringComparer.Ordinal);
        // The last of several writings of one path by the order of the writings, not of the file: nodes have to agree.
        foreach (var (name, value) in seconds.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            plain[_paths.Plain(name)] = value;

        var known = new Dictionary<TestName, long>();
        foreach (var name in names)
        {
            if (plain.TryGetValue(_paths.Plain(name.Text), out var value) && value >= 0)
                known[name] = (long)(Math.Min(value, 1_000_000) * 1_000_000);
        }

        return known;
    }
}
