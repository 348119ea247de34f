using System.CommandLine;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Contexts;

/// <summary><c>ringfence context unrestrict</c> and <c>ringfence project unrestrict</c> (CTX-33).</summary>
internal static class UnrestrictCommand
{
    /// <summary>The command for contexts.</summary>
    public static Command OfContexts(Surroundings surroundings)
    {
        var command = new DocumentedCommand("unrestrict", "Take a restriction away from a context.")
        {
            Examples = ["ringfence context unrestrict release 3f2504e0"],
            Notes = "'ringfence context show' prints the ids. Without its last project or expression a context is open to more jobs; that asks first.",
        };
        var name = new Argument<string>("NAME") { Description = "The context." };
        var organization = OwnerOptions.CreateOrganization();
        command.Add(name);
        command.Add(organization);
        return Finish(command, surroundings, (parsed, work) => work.Context(parsed.GetRequiredValue(name), parsed.GetValue(organization)));
    }

    /// <summary>The command for projects.</summary>
    public static Command OfProjects(Surroundings surroundings)
    {
        var command = new DocumentedCommand("unrestrict", "Take a restriction away from a project's own secrets.")
        {
            Examples = ["ringfence project unrestrict 3f2504e0", "ringfence project unrestrict 3f2504e0 --project gh/acme/app"],
            Notes = "'ringfence project show' prints the ids.",
        };
        var slug = new Option<string?>("--project") { Description = "The project; that of this folder when left out.", HelpName = "SLUG" };
        command.Add(slug);
        return Finish(command, surroundings, (parsed, work) => work.Project(parsed.GetValue(slug)));
    }

    private static DocumentedCommand Finish(DocumentedCommand command, Surroundings surroundings, Func<ParseResult, SecretWork, ChosenOwner> choose)
    {
        var id = new Argument<string>("ID") { Description = "The restriction: its id, or the beginning of it." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        command.Add(id);
        command.Add(yes);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            var owner = choose(parsed, work);
            var edit = new EditPolicy { Owner = owner.ToMessage(), Remove = Find(owner, parsed.GetRequiredValue(id)), IsConfirmed = parsed.GetValue(yes) };
            await using var keep = await work.Keep.OpenAsync(cancel);
            var done = await work.AskAsync(keep.Client, new KeepRequest { EditPolicy = edit }, static r => r.EditPolicy.IsConfirmed = true, "If that is meant, say it again with --yes.", cancel);
            work.Say(done.Sentence);
            return ExitCode.Success;
        }));
        return command;
    }

    private static string Find(ChosenOwner owner, string wanted)
    {
        var ids = (owner.Stored?.Restrictions ?? []).Select(r => r.Id.ToString("D")).Where(known => wanted.Length > 0 && known.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return ids switch
        {
            [var one] => one,
            [] => throw new SecretRefusedException(SecretCodes.NotThere, $"There is no restriction '{wanted}' on {owner.Title}.", $"'ringfence {(owner.IsContext ? "context" : "project")} show' prints the ids."),
            _ => throw new SecretRefusedException(SecretCodes.NotThere, $"More than one restriction on {owner.Title} has an id that begins with '{wanted}'.", "Write more of it."),
        };
    }
}
