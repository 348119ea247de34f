using System.CommandLine;
using Ringfence.Cli.Secrets;

namespace Ringfence.Cli.Commands.Contexts;

/// <summary><c>ringfence context show</c>.</summary>
internal static class ContextShowCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("show", "Print the restrictions and secrets of a context. Values are never shown.")
        {
            Examples = ["ringfence context show release"],
        };
        var name = new Argument<string>("NAME") { Description = "The context." };
        var organization = OwnerOptions.CreateOrganization();
        var format = FormatOption.Of("text", "json");
        command.Add(name);
        command.Add(organization);
        command.Add(format);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work =>
        {
            OwnerText.Write(work.Context(parsed.GetRequiredValue(name), parsed.GetValue(organization)), work, parsed.GetValue(format) is "json");
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }
}
