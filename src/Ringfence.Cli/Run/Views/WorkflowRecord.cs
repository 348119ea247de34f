using System.Collections.Immutable;
using Ringfence.Workflows;

namespace Ringfence.Cli.Run.Views;

/// <summary>What is known of one run of a workflow.</summary>
internal sealed class WorkflowRecord
{
    private readonly List<JobRecord> _jobs;
    private readonly Dictionary<string, JobRecord> _byName;

    public WorkflowRecord(string name, int autoRerun, ImmutableArray<PlannedJob> jobs, DateTimeOffset startedAt)
    {
        (Name, AutoRerun, StartedAt) = (name, autoRerun, startedAt);
        var stages = Stages(jobs);
        _jobs = [.. jobs.DistinctBy(j => j.Name, StringComparer.Ordinal).Select(j => new JobRecord(j, stages[j.Name])).OrderBy(j => j.Stage)];
        _byName = _jobs.ToDictionary(j => j.Plan.Name, StringComparer.Ordinal);
    }

    public string Name { get; }

    /// <summary>0 for the first time, then the number of the automatic rerun.</summary>
    public int AutoRerun { get; }

    /// <summary>Whether a setup workflow brought it.</summary>
    public bool IsContinued { get; init; }

    /// <summary>The name, and which automatic rerun it is.</summary>
    public string Title => AutoRerun == 0 ? Name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} (rerun {AutoRerun})");

    public WorkflowStatus Status { get; set; }

    public DateTimeOffset StartedAt { get; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The jobs by stage, and within a stage in file order.</summary>
    public IReadOnlyList<JobRecord> Jobs => _jobs;

    /// <summary>A job by its name. One that the plan did not name is added at the end.</summary>
    public JobRecord Job(string name)
    {
        if (_byName.GetValueOrDefault(name) is { } known)
            return known;
        var added = new JobRecord(new PlannedJob(name, default, [], 1), _jobs.Count == 0 ? 1 : _jobs[^1].Stage);
        _jobs.Add(added);
        _byName.Add(name, added);
        return added;
    }

    // As Graph/JobStages does for compiled jobs; here only names are left.
    private static Dictionary<string, int> Stages(ImmutableArray<PlannedJob> jobs)
    {
        var stages = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var job in jobs)
            stages[job.Name] = 1;
        var open = jobs.ToList();
        for (var round = 0; round < jobs.Length && open.Count > 0; round++)
        {
            var moved = false;
            foreach (var job in open)
            {
                var stage = 1 + job.Requires.Select(r => stages.GetValueOrDefault(r)).DefaultIfEmpty().Max();
                moved |= stage > stages[job.Name];
                stages[job.Name] = Math.Max(stage, stages[job.Name]);
            }

            if (!moved)
                break;
        }

        return stages;
    }
}
