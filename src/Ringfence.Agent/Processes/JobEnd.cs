using Ringfence.Agent.Native;

namespace Ringfence.Agent.Processes;

/// <summary>Ends everything that a job has started (EX-6.6).</summary>
internal static class JobEnd
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Asks all processes to end, then makes them.</summary>
    /// <param name="grace">How long they may take. Those that do not listen are killed then.</param>
    public static async Task RunAsync(TimeSpan grace)
    {
        if (await EndedAsync(Libc.Term, grace).ConfigureAwait(false))
            return;
        await EndedAsync(Libc.Kill, TimeSpan.FromSeconds(5)).ConfigureAwait(false);
    }

    private static async Task<bool> EndedAsync(int signal, TimeSpan patience)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var signalled = new HashSet<int>();
        while (true)
        {
            // Ended processes stay in the table until they are collected; that is the reaper's work and takes a moment.
            var left = ProcessTable.DescendantsOf(Environment.ProcessId);
            if (left.Count == 0)
                return true;
            ProcessTable.Signal(left.Where(signalled.Add), signal);
            if (clock.GetElapsedTime(began) >= patience)
                return false;
            await Task.Delay(Pause, clock).ConfigureAwait(false);
        }
    }
}
