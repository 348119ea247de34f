using System.Text;
using Ringfence.Agent.InJob.Flags;

namespace Ringfence.Agent.InJob;

/// <summary><c>circleci --version [--short]</c>: which agent this is (EX-10.19).</summary>
internal static class VersionCommand
{
    public static InJobVerb Verb { get; } = new(
        new CommandSyntax("version", "Print the version.") { Flags = [new("short", null, "print the version and nothing else")] },
        (given, surroundings) =>
        {
            var version = typeof(VersionCommand).Assembly.GetName().Version?.ToString(3) ?? "unknown";
            surroundings.Stdout.Write(Encoding.UTF8.GetBytes(given.Has("short") ? $"{version}\n" : $"ringfence-agent {version}\n"));
            surroundings.Stdout.Flush();
            return InJobExitCode.Success;
        });
}
