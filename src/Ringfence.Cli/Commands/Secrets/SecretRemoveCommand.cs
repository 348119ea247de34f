using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Secrets;

/// <summary><c>ringfence secret remove</c> (ENV-9).</summary>
internal static class SecretRemoveCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("remove", "Remove a secret. What is known of it stays in the inventory.")
        {
            Examples = ["ringfence secret remove NPM_TOKEN --context release"],
            Notes = "It may still work where it came from: revoke it there.",
        };
        var name = new Argument<string>("NAME") { Description = "The name of the variable." };
        command.Add(name);
        var owner = OwnerOptions.AddTo(command);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            var chosen = owner.Choose(parsed, work);
            await using var keep = await work.Keep.OpenAsync(cancel);
            var request = new KeepRequest { RemoveSecret = new RemoveSecret { Owner = chosen.ToMessage(), Name = parsed.GetRequiredValue(name) } };
            work.Say((await work.AskAsync(keep.Client, request, null, "", cancel)).Sentence);
            return ExitCode.Success;
        }));
        return command;
    }
}
