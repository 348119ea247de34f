using Ringfence.Cli.Commands;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Git;
using Ringfence.Cli.Run.Driving;
using Ringfence.Cli.Secrets;
using Ringfence.Runner.Checkout;

namespace Ringfence.Cli.Run;

/// <summary>The code of a run: the working tree as it is, or a commit. The config of a commit is the commit's own (EX-1.6).</summary>
/// <param name="surroundings">The process around.</param>
/// <param name="settings">What was asked for.</param>
/// <param name="into">An empty folder for the snapshot.</param>
internal sealed class RunSource(Surroundings surroundings, RunSettings settings, string into)
{
    private const string UsualFolder = ".circleci";

    private SourceSnapshot? _ofCommit;

    /// <summary>The folder of the project as the config lies in it.</summary>
    public string Root
    {
        get
        {
            var path = settings.Compile.Path;
            if (path is Input.InputReader.StandardInput)
                return surroundings.WorkingDirectory;
            var folder = Path.GetDirectoryName(surroundings.FullPath(path)) ?? surroundings.WorkingDirectory;
            return Path.GetFileName(folder) is UsualFolder ? Path.GetDirectoryName(folder) ?? folder : folder;
        }
    }

    /// <summary>The settings to compile with. For a commit they name the config in its snapshot, which is made now.</summary>
    /// <exception cref="RunRefusedException">There is no such commit.</exception>
    public async Task<CompileSettings> CompileSettingsAsync(CancellationToken cancel)
    {
        if (settings.Commit is not { } commit || settings.Compile.Path is Input.InputReader.StandardInput)
            return settings.Compile;
        var place = GitFolder.Find(Root)
            ?? throw new RunRefusedException(RunCodes.NoSource, $"{Root} is no git repository, so it has no commit {commit}.", "Leave --commit out to run the folder as it is.");
        var facts = GitReader.Read(Root, surroundings).Facts;
        _ofCommit = await MakeAsync(settings.Compile.Branch ?? settings.EarlierPlace?.Branch ?? facts.Branch, settings.Compile.Tag ?? settings.EarlierPlace?.Tag ?? "", cancel);
        return settings.Compile with { Path = Path.Combine(into, Path.GetRelativePath(place.Root, surroundings.FullPath(settings.Compile.Path))) };
    }

    /// <summary>Takes the code.</summary>
    /// <exception cref="RunRefusedException">It cannot be taken.</exception>
    public async Task<SourceSnapshot> TakeAsync(PipelinePhase phase, CancellationToken cancel) => _ofCommit ?? await MakeAsync(phase.Branch, phase.Tag, cancel);

    /// <summary>Where the code and the config come from.</summary>
    public SourceOrigin Origin() => new(GitFolder.Find(Root) is not null, IsConfigChanged());

    private bool IsConfigChanged()
    {
        if (settings.Commit is not null)
            return false;
        if (settings.Compile.Path is Input.InputReader.StandardInput)
            return true;
        return Git.GitProgram.Find(surroundings)?.Run(Root, "status", "--porcelain", "--untracked-files=all", "--", surroundings.FullPath(settings.Compile.Path)) is not { } changes || changes.Trim().Length > 0;
    }

    private async Task<SourceSnapshot> MakeAsync(string branch, string tag, CancellationToken cancel)
    {
        try
        {
            return await SourceSnapshots.MakeAsync(
                new SourceRequest
                {
                    Folder = Root,
                    Into = into,
                    Commit = settings.Commit,
                    Branch = branch,
                    Tag = tag,
                    Git = GitProgram.PathOf(surroundings),
                    Environment = GitProgram.EnvironmentOf(surroundings),
                },
                cancel);
        }
        catch (SourceException e)
        {
            throw new RunRefusedException(RunCodes.NoSource, e.Message, e.Hint);
        }
    }
}
