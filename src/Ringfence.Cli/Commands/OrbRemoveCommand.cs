using System.CommandLine;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Orbs;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence orb remove</c>: forgets one version of an orb.</summary>
internal static class OrbRemoveCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("remove", "Remove one exact version of an orb from the store of this machine.")
        {
            Examples = ["ringfence orb remove circleci/node@5.2.0"],
        };
        var name = new Argument<string>("ORB") { Description = "The exact version: namespace/name@1.2.3 or namespace/name@dev:label." };
        command.Add(name);
        command.SetAction(parsed => (int)Remove(parsed.GetRequiredValue(name), surroundings));
        return command;
    }

    private static ExitCode Remove(string name, Surroundings surroundings)
    {
        Diagnostic problem;
        if (!OrbVersion.TryParse(name, out var version, out var whyNot))
        {
            problem = new Diagnostic(InputCodes.BadOrbName, SourceSpan.None, whyNot, "Name it like circleci/node@5.2.0 or circleci/node@dev:main.");
        }
        else if (OrbStore.Of(surroundings).Remove(version))
        {
            surroundings.Error.Write($"Removed {version}.\n");
            return ExitCode.Success;
        }
        else
        {
            problem = new Diagnostic(InputCodes.OrbNotStored, SourceSpan.None, $"{version} is not in the orb store.", "'ringfence orb list' prints what is there.");
        }

        DiagnosticReport.Write([problem], surroundings);
        return ExitCode.InvalidInput;
    }
}
