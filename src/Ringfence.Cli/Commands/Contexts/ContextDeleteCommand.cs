using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Contexts;

/// <summary><c>ringfence context delete</c> (CTX-10).</summary>
internal static class ContextDeleteCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("delete", "Delete a context with its secrets and restrictions.")
        {
            Examples = ["ringfence context delete release", "ringfence context delete release --yes"],
            Notes = "Jobs that name it fail from then on. Its secrets still work where they came from: revoke them there.",
        };
        var name = new Argument<string>("NAME") { Description = "The context." };
        var organization = OwnerOptions.CreateOrganization();
        var yes = new Option<bool>("--yes") { Description = "Delete its secrets without asking." };
        command.Add(name);
        command.Add(organization);
        command.Add(yes);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            var context = work.Context(parsed.GetRequiredValue(name), parsed.GetValue(organization));
            var names = context.Stored!.Living.Select(v => v.Name).ToList();
            if (names.Count > 0 && !parsed.GetValue(yes))
                work.Confirm([$"With {context.Title} go its secrets: {string.Join(", ", names)}. They cannot be had back."], "Say it again with --yes.");
            await using var keep = await work.Keep.OpenAsync(cancel);
            work.Say((await work.AskAsync(keep.Client, new KeepRequest { DeleteContext = new DeleteContext { Owner = context.ToMessage() } }, null, "", cancel)).Sentence);
            return ExitCode.Success;
        }));
        return command;
    }
}
