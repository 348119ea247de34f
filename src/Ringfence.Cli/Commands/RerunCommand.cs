using System.CommandLine;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Run;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence rerun</c>: goes on from an earlier run.</summary>
internal static class RerunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("rerun", "Run again what an earlier run of this project did: all of it, or what did not succeed.")
        {
            TakesInterrupts = true,
            Notes = "The workspace of the earlier run is kept, and jobs that succeeded are carried over. Branch and tag stay those of the earlier run.\n"
                + "Unlike at CircleCI the code, with its commit, and the config are those of now, so that a fix can be tried; a run of a commit is\n"
                + "repeated with that commit.",
            Examples =
            [
                "ringfence rerun --from-failed",
                "ringfence rerun --failed-tests",
                "ringfence rerun 12 --from-start",
            ],
        };
        var run = new Argument<long?>("RUN") { Description = "The number of the run; the newest when left out.", Arity = ArgumentArity.ZeroOrOne };
        var fromFailed = new Option<bool>("--from-failed") { Description = "Run only what did not succeed. This is the default." };
        var fromStart = new Option<bool>("--from-start") { Description = "Run all jobs." };
        var failedTests = new Option<bool>("--failed-tests") { Description = "As --from-failed, and in those jobs only the tests that failed, where they run by 'circleci tests run'." };
        command.Add(run);
        command.Add(fromFailed);
        command.Add(fromStart);
        command.Add(failedTests);
        command.Validators.Add(result =>
        {
            if (new[] { fromFailed, fromStart, failedTests }.Count(result.GetValue) > 1)
                result.AddError("Give one of --from-failed, --from-start and --failed-tests.");
        });
        var options = RunOptions.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var runs = new EarlierRuns(surroundings);
            var previous = parsed.GetValue(run) is { } number ? runs.Of(number) : runs.Newest();
            if (previous is null)
            {
                DiagnosticReport.Write(
                    [new Primitives.Diagnostic(RunCodes.NoEarlierRun, Primitives.SourceSpan.None, parsed.GetValue(run) is { } wanted ? $"This project has no run {wanted} that is still kept." : "This project has no earlier run.", "Begin with 'ringfence run'.")],
                    surroundings);
                return (int)ExitCode.InvalidInput;
            }

            var settings = new RunSettings
            {
                Compile = previous.Compile,
                Workflow = previous.Workflow,
                Job = previous.Job,
                Commit = previous.Commit,
                AskedSandbox = previous.Sandbox is SandboxKind.AsConfigured ? null : previous.Sandbox,
                ImageRules = previous.ImageRules,
                Previous = previous,
                Rerun = parsed.GetValue(fromStart) ? RerunKind.FromStart : parsed.GetValue(failedTests) ? RerunKind.FailedTests : RerunKind.FromFailed,
            };
            var applied = options.Apply(parsed, settings);
            if (applied.Rerun is RerunKind.FailedTests && !runs.HasFailedTests(previous, applied))
            {
                DiagnosticReport.Write(
                    [new Primitives.Diagnostic(RunCodes.NoFailedTests, Primitives.SourceSpan.None, "can not rerun failed tests: no failed tests could be found", "Run again what did not succeed: ringfence rerun --from-failed.")],
                    surroundings);
                return (int)ExitCode.InvalidInput;
            }

            return (int)await RunCommand.RunAsync(surroundings, applied, cancel);
        });
        return command;
    }
}
