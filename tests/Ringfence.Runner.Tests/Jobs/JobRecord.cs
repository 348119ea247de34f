using System.Text;
using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Tests.Jobs;

/// <summary>Everything that a job reported, in order.</summary>
internal sealed class JobRecord
{
    private readonly Lock _lock = new();
    private readonly List<JobEvent> _events = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs when a step of this name starts, and makes the job wait until it is done.</summary>
    public Dictionary<string, Func<Task>> On { get; } = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
                return _events.Count;
        }
    }

    /// <summary>Name, kind and outcome of each step, in the order of their numbers.</summary>
    public IEnumerable<string> Steps
    {
        get
        {
            lock (_lock)
            {
                var ends = _events.OfType<JobEvent.Ended>().ToDictionary(e => e.Step.Step, e => e.Step);
                return [.. _events.OfType<JobEvent.Started>().Select(e => e.Step).OrderBy(s => s.Step).Select(s => $"{s.Step} {s.Kind} {s.Name}: {ends[s.Step].Outcome} {ends[s.Step].ExitCode}".TrimEnd())];
            }
        }
    }

    public async ValueTask TakeAsync(JobEvent happened)
    {
        lock (_lock)
        {
            _events.Add(happened);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (happened is JobEvent.Started { Step.Name: var name } && On.TryGetValue(name, out var act))
            await act();
    }

    /// <summary>What a step printed.</summary>
    public string Log(string name)
    {
        lock (_lock)
        {
            var step = _events.OfType<JobEvent.Started>().Single(e => e.Step.Name == name).Step.Step;
            return string.Concat(_events.OfType<JobEvent.Printed>().Where(e => e.Step == step).Select(e => Encoding.UTF8.GetString(e.Bytes.Span)));
        }
    }

    /// <summary>Waits until something of a step has happened.</summary>
    public async Task UntilAsync(string name, Func<JobEvent, bool> wanted)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                var step = _events.OfType<JobEvent.Started>().FirstOrDefault(e => e.Step.Name == name)?.Step.Step;
                if (_events.Any(e => NumberOf(e) == step && wanted(e)))
                    return;
                next = _changed.Task;
            }

            await next.WaitAsync(Patience.End, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Fails unless each step starts before it prints, and prints before it ends, once.</summary>
    public void AssertOrdered()
    {
        lock (_lock)
        {
            foreach (var ofStep in _events.GroupBy(NumberOf))
            {
                var shape = string.Concat(ofStep.Select(e => e switch { JobEvent.Started => 's', JobEvent.Printed => 'p', _ => 'e' }));
                Assert.Matches("^sp*e$", shape);
            }
        }
    }

    private static int NumberOf(JobEvent happened) => happened switch
    {
        JobEvent.Started started => started.Step.Step,
        JobEvent.Printed printed => printed.Step,
        JobEvent.Ended ended => ended.Step.Step,
        _ => -1,
    };
}
