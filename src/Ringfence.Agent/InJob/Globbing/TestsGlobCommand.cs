using Ringfence.Agent.InJob.Flags;

namespace Ringfence.Agent.InJob.Globbing;

/// <summary><c>circleci tests glob PATTERN…</c>: prints the files that match, each once, sorted; none is no error (EX-10.3).</summary>
internal static class TestsGlobCommand
{
    public static InJobVerb Verb { get; } = new(
        new CommandSyntax("tests glob", "Print the files that match patterns: * ** ? [a-z] {a,b}. Put them into quotes.")
        {
            Arguments = "PATTERN...",
            MostArguments = int.MaxValue,
        },
        Run);

    private static int Run(GivenFlags given, InJobSurroundings surroundings)
    {
        if (given.Arguments.IsEmpty)
        {
            surroundings.Say("circleci tests glob: there is no pattern; give one or more, in quotes.");
            return InJobExitCode.WrongUse;
        }

        if (!GlobAutomaton.TryParse(given.Arguments, out var automaton, out var why))
        {
            surroundings.Say($"circleci tests glob: a pattern is wrong: {why}.");
            return InJobExitCode.WrongUse;
        }

        var walk = new GlobWalk(automaton, surroundings.WorkingDirectory);
        var matches = walk.Matches();
        if (walk.IsTooMuch)
        {
            surroundings.Say($"circleci tests glob: more than {matches.Length - 1} files match; use narrower patterns.");
            return InJobExitCode.Failed;
        }

        if (walk.Unnameable > 0)
            surroundings.Say($"circleci tests glob: {walk.Unnameable} files or folders were left out, since their names are not UTF-8.");
        TestName.WriteLines(matches, surroundings.Stdout);
        return InJobExitCode.Success;
    }
}
