using Ringfence.Workflows;

namespace Ringfence.Cli.Run.Views;

/// <summary>What is known of a job.</summary>
internal sealed class JobRecord(PlannedJob plan, int stage)
{
    /// <summary>How the reason of a job begins that nothing on this machine can run.</summary>
    public const string CannotRunHere = "cannot run here: ";

    private readonly SortedList<int, NodeRecord> _nodes = [];

    public PlannedJob Plan { get; } = plan;

    /// <summary>How many jobs follow on one another up to this one, at the longest; from 1.</summary>
    public int Stage { get; } = stage;

    public JobStatus Status { get; set; }

    /// <summary>Why it has its status, where there is something to say.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Whether it waits for an answer of a person.</summary>
    public bool AsksPerson { get; set; }

    /// <summary>How many parallel runs it has.</summary>
    public int Count { get; set; } = plan.Nodes;

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The parallel runs that began, in their order.</summary>
    public IList<NodeRecord> Nodes => _nodes.Values;

    /// <summary>A parallel run by its number, or null.</summary>
    public NodeRecord? Node(int node) => _nodes.GetValueOrDefault(node);

    /// <summary>A parallel run begins, or begins again after its machine was lost.</summary>
    public void Begin(int node, DateTimeOffset at) => _nodes[node] = new NodeRecord(node, at);

    /// <summary>How long it has run up to a time; null if it never began.</summary>
    public TimeSpan? Elapsed(DateTimeOffset now) => StartedAt is { } start ? (EndedAt ?? now) - start : null;

    /// <summary>The parallel runs that did not end well.</summary>
    public IEnumerable<NodeRecord> FailedNodes => Nodes.Where(n => n.Failed);

    /// <summary>The number of a parallel run as it stands behind the name of its job; nothing when there is only one.</summary>
    public string NodeSuffix(int node) => Count > 1 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{node}]") : "";

    /// <summary>The same for several, in their order: <c>[0,2-4]</c>.</summary>
    public string NodeSuffix(IEnumerable<int> nodes)
    {
        if (Count <= 1)
            return "";
        var ranges = new List<(int First, int Last)>();
        foreach (var node in nodes)
        {
            if (ranges is [.., var (first, last)] && last + 1 == node)
                ranges[^1] = (first, node);
            else
                ranges.Add((node, node));
        }

        return "[" + string.Join(',', ranges.Select(r => r.First == r.Last ? $"{r.First}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{r.First}-{r.Last}"))) + "]";
    }
}
