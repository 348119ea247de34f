using System.CommandLine;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Run;
using Ringfence.Cli.Settings;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence run</c>: the whole pipeline, here and now.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("run", "Run the pipeline of a config on this machine, with the working tree as it is.")
        {
            TakesInterrupts = true,
            Notes = "Jobs with 'docker' run in containers, jobs with 'machine' behind a bubblewrap fence; macOS and Windows jobs do not run.\n"
                + "Uncommitted changes are part of what is built; files that git ignores are not. Ctrl-C cancels, twice ends everything at once.",
            Examples =
            [
                "ringfence run",
                "ringfence run --job test",
                "ringfence run --workflow deploy --approve hold --tag v1.0.0",
                "ringfence run --commit HEAD~1 --format json",
                "ringfence run --image 'cimg/*=mirror.example/cimg/*'",
            ],
        };
        var compile = CompileOptions.AddTo(command);
        var workflow = new Option<string?>("--workflow", "-w") { Description = "Run only this workflow.", HelpName = "NAME" };
        var job = new Option<string?>("--job") { Description = "Run only this job, without what it requires. It gets the workspace that the last run left.", HelpName = "NAME" };
        var commit = new Option<string?>("--commit") { Description = "Run this commit, clean, instead of the working tree; its config too.", HelpName = "REF" };
        command.Add(workflow);
        command.Add(job);
        command.Add(commit);
        var options = RunOptions.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = options.Apply(parsed, new RunSettings
            {
                Compile = compile.Read(parsed, surroundings),
                Workflow = parsed.GetValue(workflow),
                Job = parsed.GetValue(job),
                Commit = parsed.GetValue(commit),
            });
            if (settings.Job is not null)
                settings = settings with { Previous = new EarlierRuns(surroundings).Newest(settings) };
            return (int)await RunAsync(surroundings, settings, cancel);
        });
        return command;
    }

    /// <summary>Runs, and tells the user why if it cannot begin.</summary>
    public static async Task<ExitCode> RunAsync(Surroundings surroundings, RunSettings settings, CancellationToken cancel)
    {
        var problems = new Primitives.DiagnosticBag();
        settings = settings with { Files = SettingsFile.Read(surroundings, new RunSource(surroundings, settings, "").Root, problems) };
        if (settings is { HasNetwork: false, Sandbox: SandboxKind.Unfenced })
            problems.Add(new Primitives.Diagnostic(RunCodes.BadSettings, Primitives.SourceSpan.None, "Jobs without a network need a fence: nothing keeps plain processes from the network.", "Leave the sandbox 'none' out, or allow the network."));
        if (problems.HasErrors)
        {
            DiagnosticReport.Write(problems.ToImmutable(), surroundings);
            return ExitCode.InvalidInput;
        }

        try
        {
            return await new RunStart(surroundings, settings).RunAsync(cancel);
        }
        catch (RunRefusedException e)
        {
            DiagnosticReport.Write([e.Diagnostic], surroundings);
            return e.Exit;
        }
        catch (StoreException e)
        {
            DiagnosticReport.Write([new Primitives.Diagnostic(InputCodes.CannotWrite, Primitives.SourceSpan.None, e.Message, "See 'ringfence doctor'.")], surroundings);
            return ExitCode.CannotWrite;
        }
    }
}
