using Ringfence.Cli.Commands;
using Ringfence.Cli.Run.Driving;
using Ringfence.Runner.Checkout;

namespace Ringfence.Cli.Run;

/// <summary>The code of a run: the working tree as it is, or a commit. The config of a commit is the commit's own (EX-1.6).</summary>
/// <param name="surroundings">The process around.</param>
/// <param name="settings">What was asked for.</param>
/// <param name="into">An empty folder for the snapshot.</param>
internal sealed class RunSource(Surroundings surroundings, RunSettings settings, string into)
{
    private const string UsualFolder = ".circleci";

    /// <summary>The folder of the working copy as the config lies in it.</summary>
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

    /// <summary>The settings to compile with.</summary>
    public async Task<CompileSettings> CompileSettingsAsync(CancellationToken cancel)
    {
        await Task.CompletedTask;
        return settings.Compile;
    }

    /// <summary>Takes the code.</summary>
    public async Task<SourceSnapshot> TakeAsync(PipelinePhase phase, CancellationToken cancel)
    {
        await Task.CompletedTask;
        return new SourceSnapshot(Root, "the folder as it is " + into);
    }
}
