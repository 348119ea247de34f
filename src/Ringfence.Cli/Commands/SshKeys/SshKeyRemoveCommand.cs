using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.SshKeys;

/// <summary><c>ringfence ssh-key remove</c>.</summary>
internal static class SshKeyRemoveCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("remove", "Remove an SSH key of a project.")
        {
            Examples = ["ringfence ssh-key remove SHA256:Zq3…", "ringfence ssh-key remove 5f:a1:… --project gh/acme/app"],
            Notes = "It still opens what it was let into: take its public half away there.",
        };
        var fingerprint = new Argument<string>("FINGERPRINT") { Description = "Its fingerprint, SHA256 or MD5, as 'ringfence ssh-key list' prints it." };
        var project = SshKeyCommands.ProjectOption();
        command.Add(fingerprint);
        command.Add(project);
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            var owner = work.Project(parsed.GetValue(project));
            await using var keep = await work.Keep.OpenAsync(cancel);
            var request = new KeepRequest { RemoveSshKey = new RemoveSshKey { Owner = owner.ToMessage(), Fingerprint = parsed.GetRequiredValue(fingerprint) } };
            work.Say((await work.AskAsync(keep.Client, request, null, "", cancel)).Sentence);
            return ExitCode.Success;
        }));
        return command;
    }
}
