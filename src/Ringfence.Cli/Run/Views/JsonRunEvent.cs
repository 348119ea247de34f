using System.Collections.Immutable;
using Ringfence.Runner.Secrets;

namespace Ringfence.Cli.Run.Views;

/// <summary>An event as programs read it, one object a line: in <c>run --format json</c> and in <c>events.jsonl</c>. A member that an event does not have is left out. Members are only ever added while <see cref="Version"/> stays.</summary>
internal sealed record JsonRunEvent
{
    /// <summary>The version of this form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What happened: the name of the event in snake_case.</summary>
    public required string Event { get; init; }

    /// <summary>When, as ISO 8601.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the run of the workflow; tells automatic reruns apart.</summary>
    public Guid? WorkflowId { get; init; }

    /// <summary>The name of the workflow.</summary>
    public string? Workflow { get; init; }

    /// <summary>The name of the job.</summary>
    public string? Job { get; init; }

    /// <summary>The parallel run of the job, from 0.</summary>
    public int? Node { get; init; }

    /// <summary>How many parallel runs the job has.</summary>
    public int? Nodes { get; init; }

    /// <summary>The place of the step in its job, from 0.</summary>
    public int? Step { get; init; }

    /// <summary>The name of a step.</summary>
    public string? Name { get; init; }

    /// <summary>The kind of a step, as the config names it.</summary>
    public string? Kind { get; init; }

    /// <summary>What a step runs.</summary>
    public string? Command { get; init; }

    /// <summary>Which attempt of a step it is, from 0.</summary>
    public int? Attempt { get; init; }

    /// <summary>Whether a step runs in the background.</summary>
    public bool? Background { get; init; }

    /// <summary>The status of a workflow, job or step in the words of the API.</summary>
    public string? Status { get; init; }

    /// <summary>Why it has this status.</summary>
    public string? Reason { get; init; }

    /// <summary>The exit code of a step.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>What a step printed, if it is UTF-8.</summary>
    public string? Text { get; init; }

    /// <summary>What a step printed, in Base64, if it is not UTF-8.</summary>
    public string? Base64 { get; init; }

    /// <summary>The step that failed first, from 0.</summary>
    public int? FailedStep { get; init; }

    public int? CacheHits { get; init; }

    public int? CacheMisses { get; init; }

    /// <summary>The artifacts, as paths below the artifact folder of the run.</summary>
    public ImmutableArray<string>? Artifacts { get; init; }

    /// <summary>How many tests were reported.</summary>
    public int? Tests { get; init; }

    /// <summary>The names of the tests that failed.</summary>
    public ImmutableArray<string>? FailedTests { get; init; }

    /// <summary>The secrets that were about to leave a job; left out when there were none.</summary>
    public ImmutableArray<CaughtSecret>? Caught { get; init; }

    /// <summary>The jobs of a workflow that begins.</summary>
    public ImmutableArray<JsonPlannedJob>? Jobs { get; init; }

    /// <summary>Which automatic rerun of a workflow it is, from 0.</summary>
    public int? AutoRerun { get; init; }

    /// <summary>The id of the run.</summary>
    public string? RunId { get; init; }

    /// <summary>The number of the pipeline, or of the job.</summary>
    public long? Number { get; init; }

    /// <summary>The path of the config.</summary>
    public string? Config { get; init; }

    public string? Branch { get; init; }

    public string? Tag { get; init; }

    public string? Revision { get; init; }

    /// <summary>Whether the pipeline is one that sets another up.</summary>
    public bool? Setup { get; init; }

    /// <summary>The folder of the run.</summary>
    public string? Folder { get; init; }

    /// <summary>What a notice says.</summary>
    public string? Message { get; init; }

    /// <summary>Whether a notice warns.</summary>
    public bool? Warning { get; init; }

    /// <summary>Whether the pipeline succeeded.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>Whether the pipeline was canceled.</summary>
    public bool? Canceled { get; init; }
}
