using System.CommandLine;
using System.Text;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Orbs;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands;

/// <summary><c>ringfence orb add</c>: puts an orb into the store of this machine.</summary>
internal static class OrbAddCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("add", "Put an orb into the store of this machine, from one file or from a source tree with @orb.yml.")
        {
            Examples =
            [
                "ringfence orb add circleci/node@5.2.0 node-orb.yml",
                "ringfence orb add acme/deploy@dev:main ./deploy-orb/src",
            ],
            Notes = "A published version such as 1.2.3 keeps its content for ever; dev: versions may change.\n"
                + "The store is $RINGFENCE_ORBS, or ringfence/orbs below $XDG_DATA_HOME (~/.local/share).",
        };
        var name = new Argument<string>("ORB") { Description = "The exact version: namespace/name@1.2.3 or namespace/name@dev:label." };
        var source = new Argument<string>("FILE|DIR") { Description = "The packed orb, - for standard input, or the folder of its source." };
        var replace = new Option<bool>("--replace") { Description = "Change a published version. Every config that uses it changes with it." };
        command.Add(name);
        command.Add(source);
        command.Add(replace);
        command.SetAction(parsed => (int)Add(parsed.GetRequiredValue(name), parsed.GetRequiredValue(source), parsed.GetValue(replace), surroundings));
        return command;
    }

    private static ExitCode Add(string name, string source, bool replace, Surroundings surroundings)
    {
        var problems = new DiagnosticBag();
        if (!OrbVersion.TryParse(name, out var version, out var whyNot))
            problems.Add(new Diagnostic(InputCodes.BadOrbName, SourceSpan.None, whyNot, "Name it like circleci/node@5.2.0 or circleci/node@dev:main."));
        var text = problems.HasErrors ? null : OrbInput.Read(source, surroundings, problems);
        if (version is null || text is null)
            return Refuse(problems, surroundings, ExitCode.InvalidInput);

        var store = OrbStore.Of(surroundings);
        try
        {
            return Say(store.Add(version, Encoding.UTF8.GetBytes(text.Text), replace), version, surroundings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Diagnostic(InputCodes.CannotWrite, SourceSpan.None, $"The orb store {store.Root} cannot be written.", "Check its rights, or set RINGFENCE_ORBS to another folder."));
            return Refuse(problems, surroundings, ExitCode.CannotWrite);
        }
    }

    private static ExitCode Say(OrbAddition addition, OrbVersion version, Surroundings surroundings)
    {
        if (addition == OrbAddition.WouldChange)
        {
            DiagnosticReport.Write(
                [new Diagnostic(InputCodes.OrbIsPublished, SourceSpan.None, $"{version} is in the store with other content, and a published version does not change.", "Use a new version number; or, if the old content was wrong, --replace.")],
                surroundings);
            return ExitCode.InvalidInput;
        }

        surroundings.Error.Write(addition switch
        {
            OrbAddition.Added => $"Added {version}.\n",
            OrbAddition.Replaced => $"Replaced {version}.\n",
            _ => $"{version} is there already.\n",
        });
        return ExitCode.Success;
    }

    private static ExitCode Refuse(DiagnosticBag problems, Surroundings surroundings, ExitCode exit)
    {
        DiagnosticReport.Write(problems.ToImmutable(), surroundings);
        return exit;
    }
}
