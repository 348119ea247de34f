namespace Ringfence.Cli.Run.Driving;

/// <summary>Lets so many parallel runs go on at a time; the others wait in order (EX-16.1). For one thread.</summary>
internal sealed class NodeSlots(int count)
{
    private readonly LinkedList<(JobRun Job, int Node)> _waiting = [];
    private int _free = count;

    /// <summary>Puts one in line.</summary>
    public void Add(JobRun job, int node) => _waiting.AddLast((job, node));

    /// <summary>The next that may start now; it takes a slot.</summary>
    public bool TryNext(out JobRun job, out int node)
    {
        if (_free == 0 || _waiting.First is not { } first)
        {
            (job, node) = (null!, 0);
            return false;
        }

        (job, node) = first.Value;
        _waiting.RemoveFirst();
        _free--;
        return true;
    }

    /// <summary>Gives a slot back.</summary>
    public void Free() => _free++;

    /// <summary>Takes those of a job out of the line.</summary>
    /// <returns>Which of its parallel runs had not begun.</returns>
    public IReadOnlyList<int> Remove(JobRun job)
    {
        var removed = new List<int>();
        for (var next = _waiting.First; next is not null;)
        {
            var (here, after) = (next, next.Next);
            if (ReferenceEquals(here.Value.Job, job))
            {
                removed.Add(here.Value.Node);
                _waiting.Remove(here);
            }

            next = after;
        }

        return removed;
    }
}
