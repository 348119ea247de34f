using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ringfence.Cli.Commands;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Run;

/// <summary>What is kept of a run so that another can go on from it: <c>run.json</c> in its folder. It holds no values of variables.</summary>
internal sealed record RunRecord
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "run.json";

    /// <summary>The number of the pipeline in its project.</summary>
    public required long Number { get; init; }

    /// <summary>The id of the pipeline.</summary>
    public required string Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The config and how it was compiled.</summary>
    public required CompileSettings Compile { get; init; }

    /// <summary>What git said the pipeline was for; null in records of versions that did not keep it.</summary>
    public PlaceRecord? Place { get; init; }

    /// <summary>What code it ran; null in records of versions that did not keep it.</summary>
    public SourceRecord? Source { get; init; }

    /// <summary>The commit that was asked for, by its whole name; null for the working tree.</summary>
    public string? Commit { get; init; }

    /// <summary>The only workflow that was asked for; null for all.</summary>
    public string? Workflow { get; init; }

    /// <summary>The only job that was asked for; null for all.</summary>
    public string? Job { get; init; }

    /// <summary>What a setup job sent to continue the pipeline; null when none did.</summary>
    public ContinuationRecord? Continuation { get; init; }

    /// <summary>What jobs were asked to run in.</summary>
    public SandboxKind Sandbox { get; init; }

    /// <summary>The other names for images that were asked for; those of settings files are read again.</summary>
    public ImmutableArray<string> ImageRules { get; init; } = [];

    /// <summary>How far the keep's ledger had come when the run ended, so that it can be found out whether entries were taken away since; empty when no job had secrets.</summary>
    public string LedgerHead { get; init; } = "";

    /// <summary>The secrets that its jobs got and their steps refer to, each once with the last job that did.</summary>
    public ImmutableArray<SecretReferenceRecord> References { get; init; } = [];

    /// <summary>Whether it came to its end; the workflows of a run that was killed are not known.</summary>
    public bool HasEnded { get; init; }

    /// <summary>The workflows, the last run of each.</summary>
    public ImmutableArray<WorkflowRunRecord> Workflows { get; init; } = [];

    /// <summary>Writes it into the folder of its run, whole or not at all.</summary>
    /// <exception cref="StoreException">The folder cannot be written.</exception>
    public void Write(string folder)
    {
        var (path, draft) = (Path.Combine(folder, FileName), Path.Combine(folder, FileName + ".tmp"));
        try
        {
            File.WriteAllText(draft, JsonSerializer.Serialize(this, RunRecordJson.Default.RunRecord));
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Reads it from the folder of a run; null when there is none that can be read.</summary>
    public static RunRecord? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(folder, FileName)), RunRecordJson.Default.RunRecord);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The code of a run.</summary>
/// <param name="Description">What it was, for a person.</param>
/// <param name="Revision">The commit that it was or was based on; empty when there was none.</param>
/// <param name="Changes">How many files differed from the commit.</param>
internal sealed record SourceRecord(string Description, string Revision, int Changes);

/// <summary>What continued a pipeline (CL-20.3).</summary>
/// <param name="Job">The job of the setup workflow that sent it.</param>
/// <param name="Body">What it sent; null when it may not be written down, as a secret is in it.</param>
/// <param name="IsGood">Whether it could be compiled, so that its workflows are part of the run.</param>
internal sealed record ContinuationRecord(string Job, string? Body, bool IsGood);

/// <summary>A run of a workflow as it ended, or as it stands.</summary>
internal sealed record WorkflowRunRecord
{
    /// <summary>The name in the config.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is of a setup config. What it brings may have a workflow of the same name.</summary>
    public bool IsSetup { get; init; }

    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The workspace.</summary>
    public required Guid Workspace { get; init; }

    /// <summary>The run that the pipeline began.</summary>
    public required Guid FirstRun { get; init; }

    /// <summary>When that run began.</summary>
    public required DateTimeOffset FirstStartedAt { get; init; }

    /// <summary>How many reruns there were of it (EX-5.6).</summary>
    public int Reruns { get; init; }

    /// <summary>The status.</summary>
    public required Workflows.WorkflowStatus Status { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How its jobs ended, by name.</summary>
    public ImmutableSortedDictionary<string, Workflows.JobStatus> Jobs { get; init; } = ImmutableSortedDictionary<string, Workflows.JobStatus>.Empty;

    /// <summary>The runs of workflows in which jobs ran that are carried over, by the job's name: where their test results are.</summary>
    public ImmutableSortedDictionary<string, Guid> RanIn { get; init; } = ImmutableSortedDictionary<string, Guid>.Empty;
}

/// <summary>The JSON of records.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RunRecordJson : JsonSerializerContext;
