using Ringfence.Runner.Jobs;

namespace Ringfence.Cli.Run.Views;

/// <summary>What is known of one parallel run of a job.</summary>
internal sealed class NodeRecord(int node, DateTimeOffset startedAt)
{
    private readonly SortedList<int, StepRecord> _steps = [];

    public int Node { get; } = node;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>What came of it; null while it runs.</summary>
    public JobResult? Result { get; set; }

    /// <summary>The steps that began, in their order; of each the latest attempt.</summary>
    public IList<StepRecord> Steps => _steps.Values;

    /// <summary>The step that a person waits for: the latest in the foreground that runs.</summary>
    public StepRecord? Current => Steps.LastOrDefault(s => s.End is null && !s.Start.IsBackground);

    /// <summary>The step that failed first, or null.</summary>
    public StepRecord? FailedStep => Result?.FailedStep is { } step ? Step(step) : Steps.FirstOrDefault(s => s.Failed);

    /// <summary>A step by its place, or null.</summary>
    public StepRecord? Step(int place) => _steps.GetValueOrDefault(place);

    /// <summary>A step begins, or begins again.</summary>
    public void Begin(StepStart start, DateTimeOffset at) => _steps[start.Step] = new StepRecord(start, at);

    /// <summary>Whether it ended otherwise than well.</summary>
    public bool Failed => Result is { Outcome: not (JobOutcome.Success or JobOutcome.Canceled) };
}
