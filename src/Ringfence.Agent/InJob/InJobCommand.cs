using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ringfence.Agent.InJob.Globbing;
using Ringfence.Agent.InJob.Running;
using Ringfence.Agent.InJob.Splitting;
using Ringfence.Agent.InJob.Substitution;

namespace Ringfence.Agent.InJob;

/// <summary>The <c>circleci</c> command that jobs call, also as <c>circleci-agent</c> (EX-10.2).</summary>
internal static class InJobCommand
{
    private static readonly ImmutableArray<InJobVerb> Verbs =
    [
        TestsGlobCommand.Verb,
        TestsSplitCommand.Verb,
        TestsRunCommand.Verb,
        EnvSubstCommand.Verb,
        HaltCommand.Step,
        HaltCommand.Task,
        MaskCommand.Verb,
        .. UnavailableCommands.Verbs,
        VersionCommand.Verb,
    ];

    /// <summary>Carries out one call and returns the exit code of the process.</summary>
    public static int Run(ReadOnlySpan<string> arguments, InJobSurroundings surroundings)
    {
        try
        {
            return RunVerb(arguments, surroundings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nearly always a reader that went away, as in `circleci tests glob … | head`.
            surroundings.Say($"circleci: cannot read or write: {e.Message}");
            return InJobExitCode.Failed;
        }
        finally
        {
            surroundings.Stderr.Flush();
        }
    }

    private static int RunVerb(ReadOnlySpan<string> arguments, InJobSurroundings surroundings)
    {
        var verbose = false;
        while (arguments is ["--verbose" or "-v" or "-verbose", ..])
        {
            arguments = arguments[1..];
            verbose = true;
        }

        if (arguments is ["--version" or "-version", ..])
            return RunVerb(["version", .. arguments[1..]], surroundings);
        if (arguments is ["help", ..])
            return RunVerb([.. arguments[1..], "--help"], surroundings);

        foreach (var verb in Verbs)
        {
            var words = verb.Syntax.Words.Split(' ');
            if (arguments.Length >= words.Length && arguments[..words.Length].SequenceEqual(words))
                return Call(verb, [.. verbose ? ["--verbose"] : ImmutableArray<string>.Empty, .. arguments[words.Length..]], surroundings);
        }

        return Group(arguments, surroundings);
    }

    private static int Call(InJobVerb verb, ReadOnlySpan<string> rest, InJobSurroundings surroundings)
    {
        var words = verb.Syntax.Words;
        if (!verb.Syntax.TryRead(rest, out var given, out var why))
        {
            surroundings.Say($"circleci {words}: {why}; 'circleci {words} --help' shows how to call it.");
            return InJobExitCode.WrongUse;
        }

        if (!given.Has("help"))
            return verb.Run(given, surroundings);
        Print(verb.Syntax.Help(), surroundings);
        return InJobExitCode.Success;
    }

    /// <summary>A call that stops short of a command shows what there is, as CircleCI's does; any other is wrong.</summary>
    private static int Group(ReadOnlySpan<string> arguments, InJobSurroundings surroundings)
    {
        var words = new List<string>();
        foreach (var argument in arguments)
        {
            if (argument is "--help" or "-h" or "-help")
                break;
            words.Add(argument);
        }

        var prefix = string.Concat(words.Select(word => word + " "));
        var members = Verbs.Where(verb => verb.Syntax.Words.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (members.Count == 0)
        {
            surroundings.Say("circleci: there is no such command inside a job; 'circleci help' lists those that there are.");
            return InJobExitCode.WrongUse;
        }

        var text = new StringBuilder("The command that steps of a job call.\n\nCommands:\n");
        var width = members.Max(verb => verb.Syntax.Words.Length);
        foreach (var verb in members)
            text.Append(CultureInfo.InvariantCulture, $"  circleci {verb.Syntax.Words.PadRight(width)}  {verb.Syntax.Summary}\n");
        text.Append("\n'circleci COMMAND --help' shows the flags of a command.\n");
        text.Append("Exit codes: 0 done, 1 cannot be done, 2 wrong call; 'tests run' ends as its command does.\n");
        Print(text.ToString(), surroundings);
        return InJobExitCode.Success;
    }

    private static void Print(string text, InJobSurroundings surroundings)
    {
        surroundings.Stdout.Write(Encoding.UTF8.GetBytes(text));
        surroundings.Stdout.Flush();
    }
}
