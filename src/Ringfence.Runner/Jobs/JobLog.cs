using System.Text;

namespace Ringfence.Runner.Jobs;

/// <summary>Numbers the steps of a job and reports what happens to them.</summary>
internal sealed class JobLog(TimeProvider clock, Func<JobEvent, ValueTask> report)
{
    private readonly Dictionary<int, (long Began, int Attempt)> _open = [];
    private readonly Lock _lock = new();
    private int _last = -1;

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

    public ValueTask EndAsync(int step, StepOutcome outcome, int? exitCode = null, string limit = "")
    {
        (long Began, int Attempt) open;
        lock (_lock)
            open = _open.GetValueOrDefault(step, (clock.GetTimestamp(), 0));
        return report(new JobEvent.Ended(new StepEnd(step, outcome, exitCode, clock.GetElapsedTime(open.Began), open.Attempt) { Limit = limit }));
    }

    public ValueTask SayAsync(int step, string text) => report(new JobEvent.Printed(step, Encoding.UTF8.GetBytes(text + "\n")));
}
