using System.CommandLine;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Secrets;

/// <summary><c>ringfence secret owner</c>: who looks after a secret, and until when it is good.</summary>
internal static class SecretOwnerCommand
{
    private const int LongestName = 200;

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("owner", "Say who looks after a secret, or when it ought to be replaced.")
        {
            Examples = ["ringfence secret owner NPM_TOKEN ann --context release", "ringfence secret owner NPM_TOKEN --deadline 30d"],
        };
        var name = new Argument<string>("NAME") { Description = "The name of the variable." };
        var person = new Argument<string?>("PERSON") { Description = "Who looks after it.", Arity = ArgumentArity.ZeroOrOne };
        var deadline = TimeOption.Deadline(surroundings.Clock);
        command.Add(name);
        command.Add(person);
        var owner = OwnerOptions.AddTo(command);
        command.Add(deadline);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            var describe = new DescribeSecret { Name = parsed.GetRequiredValue(name), Person = parsed.GetValue(person) ?? "", Deadline = TimeOption.ToMessage(parsed.GetValue(deadline)) };
            if (describe is { Person: "", Deadline: 0 })
                throw new SecretRefusedException(InputCodes.BadArgument, "There is nothing to change.", "Name a person, or give --deadline.");
            if (describe.Person.Length > LongestName)
                throw new SecretRefusedException(InputCodes.BadArgument, "The name of the person is longer than 200 characters.", null);
            describe.Owner = owner.Choose(parsed, work).ToMessage();
            await using var keep = await work.Keep.OpenAsync(cancel);
            work.Say((await work.AskAsync(keep.Client, new KeepRequest { DescribeSecret = describe }, null, "", cancel)).Sentence);
            return ExitCode.Success;
        }));
        return command;
    }
}
