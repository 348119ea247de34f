using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Contexts;

/// <summary><c>ringfence context create</c> (CTX-1, CTX-2, CTX-6).</summary>
internal static class ContextCreateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("create", "Make a context.")
        {
            Examples = ["ringfence context create release", "ringfence context create release --org gh/acme"],
            Notes = "Jobs of every project and member of the organization may use it until it is restricted.\nThe first context or secret makes the keep of this machine.",
        };
        var name = new Argument<string>("NAME") { Description = "Its name, as it stands in configs." };
        var organization = OwnerOptions.CreateOrganization();
        command.Add(name);
        command.Add(organization);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            await work.Keep.EnsureAsync(cancel);
            await using var keep = await work.Keep.OpenAsync(cancel);
            var request = new KeepRequest { CreateContext = new CreateContext { Name = parsed.GetRequiredValue(name), Organization = parsed.GetValue(organization) ?? work.Here.Organization } };
            work.Say((await work.AskAsync(keep.Client, request, null, "", cancel)).Sentence);
            return ExitCode.Success;
        }));
        return command;
    }
}
