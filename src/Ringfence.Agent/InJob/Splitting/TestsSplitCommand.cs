using Ringfence.Agent.InJob.Flags;

namespace Ringfence.Agent.InJob.Splitting;

/// <summary><c>circleci tests split [FILENAME]</c>: prints the tests of this node (EX-10.4 to EX-10.9).</summary>
internal static class TestsSplitCommand
{
    public static InJobVerb Verb { get; } = new(
        new CommandSyntax("tests split", "Print the part of the test names in a file, or in stdin, that is for this node.")
        {
            Arguments = "[FILENAME]",
            MostArguments = 1,
            Flags = SplitRequest.Flags,
        },
        Run);

    private static int Run(GivenFlags given, InJobSurroundings surroundings)
    {
        if (!SplitRequest.TryParse(given, surroundings, out var request, out var why))
        {
            surroundings.Say($"circleci tests split: {why}.");
            return InJobExitCode.WrongUse;
        }

        using var file = Open(given, surroundings);
        if (file is null || !TestNameList.TryRead(file, out var names, out why))
        {
            surroundings.Say($"circleci tests split: {why ?? $"the file with the test names, {given.Arguments[0]}, cannot be opened"}.");
            return InJobExitCode.Failed;
        }

        TestName.WriteLines(new TestSplitting(request, surroundings).Select(names), surroundings.Stdout);
        return InJobExitCode.Success;
    }

    private static Stream? Open(GivenFlags given, InJobSurroundings surroundings)
    {
        if (given.Arguments is not [var name] || name == "-")
            return surroundings.Stdin;
        try
        {
            return File.OpenRead(Path.Combine(surroundings.WorkingDirectory, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
