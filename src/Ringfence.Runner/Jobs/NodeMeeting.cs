namespace Ringfence.Runner.Jobs;

/// <summary>
/// Where the first of the parallel runs of a job waits for the others: before each <c>deploy</c> step (EX-7.60). Safe for all of them at once.
/// The others MUST NOT depend on the first one, or it waits for ever.
/// </summary>
/// <param name="nodes">How many parallel runs there are.</param>
public sealed class NodeMeeting(int nodes)
{
    private readonly Lock _lock = new();
    private readonly int[] _reached = new int[nodes];
    private readonly bool[] _ended = new bool[nodes];
    private TaskCompletionSource _changed = New();
    private bool _hasFailed;

    /// <summary>A parallel run has come so far.</summary>
    /// <param name="node">Which one.</param>
    /// <param name="step">Which of the job's <c>deploy</c> steps, from 1.</param>
    /// <param name="isWell">Whether nothing in it has failed.</param>
    public void Reach(int node, int step, bool isWell) => Change(node, isWell, () => _reached[node] = step);

    /// <summary>A parallel run is over, or never began.</summary>
    /// <param name="node">Which one.</param>
    /// <param name="isWell">Whether nothing in it has failed.</param>
    public void End(int node, bool isWell) => Change(node, isWell, () => _ended[node] = true);

    /// <summary>Waits until all others have reached a step, or are over.</summary>
    /// <returns>Whether nothing has failed in any of them. As soon as something has, nobody is waited for any longer.</returns>
    public async Task<bool> OthersReachAsync(int step, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_hasFailed)
                    return false;
                if (HasComeTo(step))
                    return true;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    private bool HasComeTo(int step)
    {
        for (var node = 1; node < nodes; node++)
        {
            if (!_ended[node] && _reached[node] < step)
                return false;
        }

        return true;
    }

    private void Change(int node, bool isWell, Action change)
    {
        TaskCompletionSource before;
        lock (_lock)
        {
            change();
            _hasFailed |= !isWell && node > 0;
            (before, _changed) = (_changed, New());
        }

        before.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
