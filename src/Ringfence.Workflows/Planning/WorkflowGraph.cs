using System.Collections.Immutable;
using Ringfence.Config.Compilation;

namespace Ringfence.Workflows.Planning;

/// <summary>Who waits for whom in a workflow, both ways, by place. Made once per run.</summary>
internal sealed class WorkflowGraph
{
    private static readonly ImmutableArray<RequiredStatus> AnyEnd = [.. Enum.GetValues<RequiredStatus>()];

    private readonly Dictionary<JobId, int> _byId = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly List<Need>[] _needs;
    private readonly List<(int Job, Need Need)>[] _dependents;
    private readonly int?[] _lockOf;

    public WorkflowGraph(ImmutableArray<CompiledInvocation> jobs, ImmutableArray<JobId> ids)
    {
        for (var job = 0; job < jobs.Length; job++)
        {
            _byId.Add(ids[job], job);
            _byName.TryAdd(jobs[job].Name, job);
        }

        // CL-17.9: what is filtered out is not waited for.
        _needs = [.. jobs.Select(job => job.Requires.Where(r => _byName.ContainsKey(r.Job)).Select(r => new Need(_byName[r.Job], r)).ToList())];
        _lockOf = new int?[jobs.Length];
        for (var job = 0; job < jobs.Length; job++)
        {
            if (jobs[job].Type == JobType.Unlock)
                Fence(job, jobs);
        }

        _dependents = [.. jobs.Select(_ => new List<(int, Need)>())];
        for (var job = 0; job < jobs.Length; job++)
        {
            foreach (var need in _needs[job])
                _dependents[need.On].Add((job, need));
        }

        var locksWithUnlock = _lockOf.OfType<int>().ToHashSet();
        LocksWithoutUnlock = [.. Enumerable.Range(0, jobs.Length).Where(job => jobs[job].Type == JobType.Lock && !locksWithUnlock.Contains(job))];
    }

    public static WorkflowGraph Empty { get; } = new([], []);

    /// <summary>The locks that nothing gives back; the compiler writes none, but a lock MUST NOT outlive its workflow.</summary>
    public ImmutableArray<int> LocksWithoutUnlock { get; }

    public int? IndexOf(JobId id) => _byId.TryGetValue(id, out var index) ? index : null;

    public int? IndexOf(string name) => _byName.TryGetValue(name, out var index) ? index : null;

    public IReadOnlyList<Need> Needs(int job) => _needs[job];

    public IReadOnlyList<(int Job, Need Need)> Dependents(int job) => _dependents[job];

    /// <summary>The lock that an unlock gives back; null for other jobs.</summary>
    public int? LockOf(int unlock) => _lockOf[unlock];

    /// <summary>The jobs between a lock and an unlock, both left out, nearest to the unlock first; empty for other jobs.</summary>
    public IEnumerable<int> Fenced(int unlock) => _lockOf[unlock] is { } taker ? _needs[unlock].Select(need => need.On).Where(on => on != taker).Distinct() : [];

    /// <summary>
    /// Makes an unlock wait for all that stands behind its lock. It requires the end of its group alone, which may come while jobs of the
    /// group still run (EX-2.6a); the next waiter would run beside them.
    /// </summary>
    private void Fence(int unlock, ImmutableArray<CompiledInvocation> jobs)
    {
        var seen = new HashSet<int>();
        var open = new Queue<int>(_needs[unlock].Select(need => need.On));
        var inside = new List<int>();
        while (open.TryDequeue(out var job))
        {
            if (!seen.Add(job))
                continue;
            if (jobs[job].Type == JobType.Lock && string.Equals(jobs[job].SerialKey, jobs[unlock].SerialKey, StringComparison.Ordinal))
            {
                _lockOf[unlock] = job;
                continue;
            }

            inside.Add(job);
            foreach (var need in _needs[job])
                open.Enqueue(need.On);
        }

        if (_lockOf[unlock] is not { } taker)
            return;

        // The lock itself too: all behind it may be canceled before it is granted.
        var written = _needs[unlock].Select(need => need.On).ToHashSet();
        _needs[unlock].AddRange(inside.Append(taker).Where(job => job != unlock && !written.Contains(job)).Select(job => new Need(job, new Requirement(jobs[job].Name, AnyEnd), IsImplied: true)));
    }
}
