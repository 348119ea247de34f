using System.Collections.Immutable;
using Ringfence.Agent.InJob.Flags;
using Ringfence.Agent.InJob.Splitting;

namespace Ringfence.Agent.InJob.Running;

/// <summary>
/// <c>circleci tests run --command=SCRIPT</c>: selects the tests of this node as <c>tests split</c> does, among those that failed if failed tests run again,
/// and runs the script with them on its stdin (EX-10.10 to EX-10.14). It ends as the script does; without tests the script does not run, and that is success.
/// </summary>
/// <remarks>The names are separated by spaces without a line end behind them: so a script may call <c>xargs -d" "</c>, as CircleCI's own examples do.</remarks>
internal static class TestsRunCommand
{
    public static InJobVerb Verb { get; } = new(
        new CommandSyntax("tests run", "Run a command with the part of the test names in stdin that is for this node.")
        {
            Flags = [new("command", "SCRIPT", "what to run, with the test names on its stdin; usually xargs and a test program"), .. SplitRequest.Flags],
        },
        Run);

    private static int Run(GivenFlags given, InJobSurroundings surroundings)
    {
        if (!SplitRequest.TryParse(given, surroundings, out var request, out var why) || string.IsNullOrWhiteSpace(given.Value("command")))
        {
            surroundings.Say($"circleci tests run: {why ?? "--command is missing; give the script that runs the tests"}.");
            return InJobExitCode.WrongUse;
        }

        if (!TestNameList.TryRead(surroundings.Stdin, out var names, out why))
        {
            surroundings.Say($"circleci tests run: {why}.");
            return InJobExitCode.Failed;
        }

        var selected = new TestSplitting(request, surroundings).Select(OnlyFailed(names, request, surroundings));
        if (selected.IsEmpty)
        {
            surroundings.Say("There were no tests found for this node; the command is not run.");
            return InJobExitCode.Success;
        }

        if (request.Verbose)
            surroundings.Say($"DEBUG starting execution of {selected.Length} test names");
        return JobShell.Run(given.Value("command") ?? "", TestName.Join(selected, ' '), surroundings);
    }

    private static ImmutableArray<TestName> OnlyFailed(ImmutableArray<TestName> names, SplitRequest request, InJobSurroundings surroundings)
    {
        if (names.IsEmpty || TaskFolder.FailedTests(surroundings) is not { Failed: > 0 } failed)
            return names;

        var selected = FailedTestSelection.Select(names, failed, new TestPath(surroundings.WorkingDirectory));
        surroundings.Say($"INFO received failed tests from workflow {failed.Workflow}");
        if (selected.IsEmpty)
        {
            surroundings.Say("WARN no test name is the file or classname of a failed test: all of them run. The JUnit XML needs a file or classname attribute that is the same as the test names.");
            return names;
        }

        surroundings.Say("INFO rerunning failed tests");
        if (request.Verbose)
        {
            surroundings.Say($"DEBUG {failed.Failed} test(s) failed out of {failed.Total} total test(s). Rerunning {selected.Length} test file(s)");
            surroundings.Say("DEBUG if all tests run instead of the failed ones only, the JUnit XML needs a file or classname attribute that is the same as the test names.");
        }

        return selected;
    }
}
