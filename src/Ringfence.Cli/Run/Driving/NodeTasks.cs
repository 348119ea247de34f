namespace Ringfence.Cli.Run.Driving;

/// <summary>The parallel runs of jobs that go on beside the loop of a run. It owns their tasks. For the loop only.</summary>
/// <param name="inbox">Is told what happens in them.</param>
internal sealed class NodeTasks(RunInbox inbox)
{
    private readonly List<Task> _running = [];

    /// <summary>Begins one.</summary>
    public void Start(JobRun job, int node)
    {
        _running.RemoveAll(task => task.IsCompleted);
        _running.Add(WatchAsync(job.RunNodeAsync(node, inbox.TellAsync)));
    }

    /// <summary>Ends all of them when the loop cannot go on: they would wait for ever to be rid of what they have to say, and nobody would remove their sandboxes.</summary>
    /// <param name="jobs">The jobs that have not ended.</param>
    public async Task AbandonAsync(IEnumerable<JobRun> jobs)
    {
        foreach (var job in jobs)
            job.Kill();
        await inbox.DropUntilAsync(Task.WhenAll(_running));
    }

    private async Task WatchAsync(Task running)
    {
        try
        {
            await running;
        }
#pragma warning disable CA1031 // Whatever it is, the run has to end, and the loop throws it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await inbox.TellAsync(new RunMessage.Broke(e));
        }
    }
}
