using System.Collections.Concurrent;
using System.Text;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Jobs;

/// <summary>Numbers the steps of a job and reports what happens to them.</summary>
internal sealed class JobLog(TimeProvider clock, Func<JobEvent, ValueTask> report)
{
    private readonly ConcurrentQueue<SandboxReport> _early = new();
    private readonly Dictionary<int, (long Began, int Attempt)> _open = [];
    private readonly Lock _lock = new();
    private int _last = -1;
    private int _pulled;

    public Func<JobEvent, ValueTask> Report => report;

    public async ValueTask<int> BeginAsync(string name, string kind, string command = "", bool isBackground = false)
    {
        var step = Interlocked.Increment(ref _last);
        await BeginAgainAsync(new StepStart(step, name, kind, command, 0, isBackground)).ConfigureAwait(false);
        return step;
    }

    public ValueTask BeginAgainAsync(StepStart start)
    {
        lock (_lock)
            _open[start.Step] = (clock.GetTimestamp(), start.Attempt);
        return report(new JobEvent.Started(start));
    }

    public ValueTask EndAsync(int step, StepOutcome outcome, int? exitCode = null)
    {
        (long Began, int Attempt) open;
        lock (_lock)
            open = _open.GetValueOrDefault(step, (clock.GetTimestamp(), 0));
        return report(new JobEvent.Ended(new StepEnd(step, outcome, exitCode, clock.GetElapsedTime(open.Began), open.Attempt)));
    }

    public ValueTask SayAsync(int step, string text) => report(new JobEvent.Printed(step, Encoding.UTF8.GetBytes(text + "\n")));

    /// <summary>Takes what a sandbox reports. It comes from any thread; it is reported in order by <see cref="FlushAsync"/>.</summary>
    public void Take(SandboxReport said)
    {
        _early.Enqueue(said is SandboxReport.ServiceOutput output ? output with { Data = output.Data.ToArray() } : said);
        if (Volatile.Read(ref _pulled) == 1)
            _ = FlushAsync().AsTask();
    }

    /// <summary>Reports what sandboxes have said so far into the first step, and from then on at once.</summary>
    public async ValueTask FlushAsync()
    {
        Volatile.Write(ref _pulled, 1);
        while (_early.TryDequeue(out var said))
        {
            switch (said)
            {
                case SandboxReport.Line { Text: var text }:
                    await SayAsync(0, text).ConfigureAwait(false);
                    break;
                case SandboxReport.ServiceOutput { Data: var data }:
                    await report(new JobEvent.Printed(0, data)).ConfigureAwait(false);
                    break;
                case SandboxReport.ServiceEnded ended:
                    await SayAsync(0, $"Service container {ended.Container} ended with exit code {ended.ExitCode}").ConfigureAwait(false);
                    break;
            }
        }
    }
}
