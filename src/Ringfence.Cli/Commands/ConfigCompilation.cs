using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Git;
using Ringfence.Cli.Input;
using Ringfence.Cli.Orbs;
using Ringfence.Cli.Run.Driving;
using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Orbs;
using Ringfence.Config.Values;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands;

/// <summary>Reads everything that a compilation depends on, and compiles. Shared by all commands that do so.</summary>
internal sealed class ConfigCompilation(Surroundings surroundings)
{
    private readonly DiagnosticBag _problems = new();

    /// <summary>Compiles with the orbs of this machine, held to the lock beside the config if there is one.</summary>
    public Task<CompiledConfig> Run(CompileSettings settings, CancellationToken cancel) =>
        Run(settings, () => new OrbSources(surroundings, _problems).ForConfig(settings), cancel);

    /// <summary>As <see cref="Run(CompileSettings, CancellationToken)"/>, for a pipeline that is not made up.</summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="adjust">Puts what the run knows into the values.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<CompiledConfig> Run(CompileSettings settings, Func<PipelineValues, Task<PipelineValues>> adjust, CancellationToken cancel) =>
        Run(settings, () => new OrbSources(surroundings, _problems).ForConfig(settings), cancel, adjust);

    /// <summary>Compiles the config that a setup job sent (CL-20.3).</summary>
    public CompiledConfig RunContinuation(string configuration, string parameters, PipelinePhase before, CompileSettings settings)
    {
        const string Name = "the continuation";
        var values = before.Values;
        var sent = ParameterInput.Read(parameters, surroundings, new InputReader(surroundings, _problems), _problems);
        if (before.Pipeline.ChangedParameters.FirstOrDefault(sent.ContainsKey) is { } twice)
            _problems.Add(new Diagnostic(InputCodes.BadParameters, SourceSpan.None, $"Conflicting pipeline parameters: '{twice}' was given when the pipeline began, and is sent again", null));
        var given = before.Given.SetItems(sent);
        var orbs = new OrbSources(surroundings, _problems).ForConfig(settings);
        if (_problems.HasErrors)
            return new CompiledConfig(Name, _problems.ToImmutable(), null, values);

        var request = new CompileRequest { Values = values, Parameters = given, Orbs = orbs ?? NoOrbs.Instance, HoldAllVersionsToLatestRules = settings.HoldAllVersionsToLatestRules };
        return new CompiledConfig(Name, [], Compiler.Compile(new ConfigSource(new SourceText(Name, configuration)), request), values);
    }

    /// <summary>Compiles with the orbs of this machine whatever the lock says, and notes what was used.</summary>
    public async Task<(CompiledConfig Config, IReadOnlyList<OrbLockEntry> Orbs)> RunUnlocked(CompileSettings settings, CancellationToken cancel)
    {
        RecordedOrbs? recorded = null;
        var config = await Run(settings, () => recorded = new OrbSources(surroundings, _problems).Unlocked(settings) is { } all ? new RecordedOrbs(all) : null, cancel);
        return (config, recorded?.Found ?? []);
    }

    private async Task<CompiledConfig> Run(CompileSettings settings, Func<IOrbSource?> openOrbs, CancellationToken cancel, Func<PipelineValues, Task<PipelineValues>>? adjust = null)
    {
        // Git may have to be started, so it is asked while the files are read.
        var asking = Task.Run(() => GitReader.Read(FolderOf(settings.Path), surroundings), cancel);
        var input = new InputReader(surroundings, _problems);
        var isThere = settings.Path is InputReader.StandardInput || Path.Exists(surroundings.FullPath(settings.Path));
        var text = isThere ? input.Read(settings.Path, "config file") : null;
        var parameters = ParameterInput.Read(settings.Parameters, surroundings, input, _problems);
        var given = EventInput.Read(settings.EventFile, input, _problems);
        var orbs = openOrbs();

        var git = await asking;
        if (!isThere)
            ReportMissing(settings.Path, git);
        var values = LocalValues.Of(git, given, settings);
        if (text is null || _problems.HasErrors)
            return new CompiledConfig(settings.Path, _problems.ToImmutable(), null, values);
        if (adjust is not null)
            values = await adjust(values);

        var request = new CompileRequest
        {
            Values = values,
            Parameters = parameters,
            Orbs = orbs ?? NoOrbs.Instance,
            HoldAllVersionsToLatestRules = settings.HoldAllVersionsToLatestRules,
        };
        return new CompiledConfig(settings.Path, [], Compiler.Compile(new ConfigSource(text), request), values) { Given = parameters };
    }

    /// <summary>The working copy of the config, not the one that the user happens to stand in.</summary>
    private string FolderOf(string path)
    {
        var folder = path is InputReader.StandardInput ? null : Path.GetDirectoryName(surroundings.FullPath(path));
        return folder is not null && Directory.Exists(folder) ? folder : surroundings.WorkingDirectory;
    }

    private void ReportMissing(string path, GitState git)
    {
        var facts = git.Facts;
        var repository = facts.RepositoryOwner.Length > 0 ? $"{facts.RepositoryOwner}/{facts.RepositoryName}" : "";
        var message = facts.Branch.Length > 0 && repository.Length > 0
            ? $"config file {path} could not be located on branch {facts.Branch} in repository {repository}"
            : $"config file {path} could not be located";
        _problems.Add(new Diagnostic(
            InputCodes.Missing,
            SourceSpan.None,
            message,
            "Give the path of the config, '-' for standard input, or start ringfence in the folder that holds .circleci."));
    }
}
