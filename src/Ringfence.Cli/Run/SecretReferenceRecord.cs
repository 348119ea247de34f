namespace Ringfence.Cli.Run;

/// <summary>A secret that a job got and that one of its steps refers to, as it is kept with a run.</summary>
internal sealed record SecretReferenceRecord
{
    /// <summary>The name of the variable.</summary>
    public required string Variable { get; init; }

    /// <summary>What held it: <c>context</c> or <c>project</c>, a blank, and the name.</summary>
    public required string Owner { get; init; }

    /// <summary>The organization of what held it.</summary>
    public required string Organization { get; init; }

    /// <summary>The project whose job it was.</summary>
    public required string Project { get; init; }

    /// <summary>The job.</summary>
    public required string Job { get; init; }

    /// <summary>The name of the last of its steps that refers to the variable.</summary>
    public required string Step { get; init; }

    /// <summary>When the job got it.</summary>
    public required DateTimeOffset At { get; init; }
}
