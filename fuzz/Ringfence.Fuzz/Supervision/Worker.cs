using System.Diagnostics;
using Ringfence.Fuzz.Mutation;
using Ringfence.Fuzz.Targets;

namespace Ringfence.Fuzz.Supervision;

/// <summary>The loop that makes inputs and runs them, on the main thread with its usual stack. It ends by its time, or by an input that kills it.</summary>
internal sealed class Worker(FuzzTarget target, Paths paths, ulong seed)
{
    private const int MostTriesToMinimize = 1500;

    private readonly Chance _chance = new(seed);
    private readonly Coverage _coverage = new();
    private readonly HashSet<string> _signatures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly List<string> _pool = [];
    private long _runs;

    public void Run(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var mutator = new Mutator(_chance, target.Words, target.MostCharacters);
        foreach (var input in Seeds.Own(paths.Repository, target.Name).Concat(Seeds.FromCorpus(paths.Repository, target.Name)).Concat(Directory.GetFiles(paths.Kept).Select(InputFile.Read)))
        {
            if (clock.Elapsed > time)
                break;
            Try(input, isSeed: true);
        }

        var said = clock.Elapsed;
        while (clock.Elapsed < time)
        {
            Try(mutator.Mutate(Pick(), _chance.Of(_pool)), isSeed: false);
            if (clock.Elapsed - said < TimeSpan.FromSeconds(30))
                continue;
            said = clock.Elapsed;
            Say(said);
        }

        Say(clock.Elapsed);
        File.Delete(paths.Current);
    }

    /// <summary>Newer inputs are more promising than the seeds.</summary>
    private string Pick() => _chance.OneIn(3) ? _chance.Of(_pool) : _pool[^(1 + _chance.Below(Math.Min(_pool.Count, 200)))];

    private void Try(string input, bool isSeed)
    {
        _coverage.Reset();
        var seen = Check(input);
        _runs++;
        var isCovering = _coverage.IsNew();
        if (_signatures.Add(seen.Signature) || isCovering || isSeed)
            _pool.Add(input);
        if (isCovering && !isSeed)
            InputFile.Write(Path.Combine(paths.Kept, $"{seed:x}-{_runs:D8}"), input);
        foreach (var finding in seen.Findings.Where(f => _reported.Add(f.Key)))
            Report(finding, input);
    }

    /// <summary>Writes the input down first: it may be the last thing this process does.</summary>
    private Observation Check(string input)
    {
        InputFile.Write(paths.Current, input);
        return target.Check(input);
    }

    private void Report(Finding finding, string input)
    {
        var small = Minimizer.Minimize(input, candidate => Check(candidate).Findings.Exists(f => f.Key == finding.Key), finding.Key is "slow" ? 30 : MostTriesToMinimize);
        var detail = Check(small).Findings.Find(f => f.Key == finding.Key)?.Detail ?? finding.Detail;
        Console.WriteLine($"FOUND {finding.Key}: {paths.Save(finding.Key, detail, small)}");
    }

    private void Say(TimeSpan time) =>
        Console.WriteLine($"{target.Name}: {time:mm\\:ss}, {_runs:N0} inputs, {_runs / Math.Max(1, time.TotalSeconds):N0} a second, {_pool.Count:N0} kept, {_coverage.Branches:N0} branches, {_signatures.Count:N0} outcomes, {_reported.Count} findings");
}
