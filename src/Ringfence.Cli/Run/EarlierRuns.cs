using Ringfence.Cli.Commands;
using Ringfence.Cli.Git;
using Ringfence.Cli.Input;
using Ringfence.Cli.Local;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Run;

/// <summary>The earlier runs of the project that a user stands in.</summary>
internal sealed class EarlierRuns(Surroundings surroundings)
{
    /// <summary>The newest that has a record; null when there is none.</summary>
    public RunRecord? Newest() => Newest(Here());

    /// <summary>The newest of the project of a config.</summary>
    public RunRecord? Newest(RunSettings settings) =>
        Folder(settings) is { } folder ? RunFolder.All(folder).Select(run => RunRecord.Read(run.Path)).FirstOrDefault(record => record is { Workflows.Length: > 0 }) : null;

    /// <summary>The run of a number.</summary>
    public RunRecord? Of(long number) =>
        Folder(Here()) is { } folder
            ? RunFolder.All(folder).Where(run => run.Number == number).Select(run => RunRecord.Read(run.Path)).FirstOrDefault()
            : null;

    /// <summary>Whether a job that a rerun of failed tests repeats has any (EX-5.4).</summary>
    /// <param name="record">The earlier run.</param>
    /// <param name="settings">Which workflow and job are asked for.</param>
    public bool HasFailedTests(RunRecord record, RunSettings settings)
    {
        if (LocalState.Of(surroundings) is not { } state)
            return false;
        var results = new LocalStores(state.Stores, surroundings.Clock, StoreLimits.Default).TestResults;
        return record.Workflows.Where(workflow => settings.Workflow is null || settings.Workflow == workflow.Name).Any(workflow => workflow.Jobs.Any(job =>
            job.Value is not Workflows.JobStatus.Success
            && (settings.Job is null || settings.Job == job.Key)
            && workflow.RanIn.TryGetValue(job.Key, out var ranIn)
            && results.Failed(new Workflows.WorkflowId(ranIn).ToString(), job.Key) is { } failed && !(failed.Files.IsEmpty && failed.Classnames.IsEmpty)));
    }

    private RunSettings Here() => new() { Compile = new CompileSettings { Path = DefaultConfig.Of(surroundings) } };

    private string? Folder(RunSettings settings)
    {
        var root = new RunSource(surroundings, settings, "").Root;
        if (LocalState.Of(surroundings) is not { } state || !Directory.Exists(root))
            return null;
        var values = LocalValues.Of(GitReader.Read(root, surroundings), [], settings.Compile);
        return state.Project(ProjectName.Of(values, root));
    }
}
