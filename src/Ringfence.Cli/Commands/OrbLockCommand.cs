using System.CommandLine;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Orbs;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence orb lock</c>: holds the orbs of a config to what they are now.</summary>
internal static class OrbLockCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("lock", $"Write {OrbLock.FileName} beside a config: the version and digest of every orb that it uses.")
        {
            Examples = ["ringfence orb lock", "ringfence orb lock .circleci/release.yml --tag v1.0.0"],
            Notes = "While the file is there, other versions and other content are refused. Orbs that the config no longer uses leave it.",
        };
        var options = CompileOptions.AddTo(command);
        command.SetAction(async (parsed, cancel) => (int)await Lock(options.Read(parsed, surroundings), surroundings, cancel));
        return command;
    }

    private static async Task<ExitCode> Lock(CompileSettings settings, Surroundings surroundings, CancellationToken cancel)
    {
        if (OrbSources.LockPath(settings.Path) is not { } path)
        {
            DiagnosticReport.Write([new Diagnostic(InputCodes.BadArgument, SourceSpan.None, "A config from standard input has no place for a lock beside it.", "Name the file.")], surroundings);
            return ExitCode.InvalidInput;
        }

        var (config, orbs) = await new ConfigCompilation(surroundings).RunUnlocked(settings, cancel);
        config.ReportProblems(surroundings);
        if (!config.IsValid)
            return ExitCode.InvalidInput;

        var held = OrbLock.Of(orbs);
        return OutputFile.TryWrite(path, held.ToBytes(), surroundings)
            ? Say($"Wrote {path}: {held.Entries.Count} {(held.Entries.Count == 1 ? "orb" : "orbs")}.\n", surroundings)
            : ExitCode.CannotWrite;
    }

    private static ExitCode Say(string text, Surroundings surroundings)
    {
        surroundings.Error.Write(text);
        return ExitCode.Success;
    }
}
