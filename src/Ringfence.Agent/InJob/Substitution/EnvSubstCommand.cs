using System.Text;
using Ringfence.Agent.InJob.Flags;

namespace Ringfence.Agent.InJob.Substitution;

/// <summary><c>circleci env subst [TEXT]</c>: replaces variables in the argument, or in stdin if there is none, byte for byte (EX-10.15).</summary>
internal static class EnvSubstCommand
{
    private const int MostBytes = 64 * 1024 * 1024;

    public static InJobVerb Verb { get; } = new(
        new CommandSyntax("env subst", "Replace $NAME and ${NAME} by the environment variables.") { Arguments = "[TEXT]", MostArguments = 1 }, Run);

    private static int Run(GivenFlags given, InJobSurroundings surroundings)
    {
        // An empty argument is an argument: orbs call this with parameters that may be empty.
        var input = given.Arguments is [var text] ? Encoding.UTF8.GetBytes(text) : BoundedInput.Read(surroundings.Stdin, MostBytes);
        if (input is null)
        {
            surroundings.Say($"circleci env subst: the text is longer than {MostBytes} bytes.");
            return InJobExitCode.Failed;
        }

        var substitution = new VariableSubstitution(Encoding.Latin1.GetString(input), name =>
            surroundings.Environment.TryGetValue(name, out var value) ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value)) : null);
        if (!substitution.TryReplace(out var result, out var why))
        {
            surroundings.Say($"circleci env subst: {why}.");
            return InJobExitCode.Failed;
        }

        surroundings.Stdout.Write(Encoding.Latin1.GetBytes(result));
        surroundings.Stdout.Flush();
        return InJobExitCode.Success;
    }
}
