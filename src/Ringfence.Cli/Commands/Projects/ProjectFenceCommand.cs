using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Projects;

/// <summary><c>ringfence project fence</c>: whether steps of orbs get what no fence gives them (INC-22).</summary>
internal static class ProjectFenceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("fence", "Give secrets in a project's jobs to the project's own steps only, not to those of orbs.")
        {
            Examples = ["ringfence project fence --orbs", "ringfence secret fence AWS_KEY --orb circleci/aws-cli", "ringfence project fence gh/acme/app --off"],
            Notes = "It holds for the project's own secrets and for those of contexts, in all of its jobs. A step is the project's own when it stands\n"
                + "in its config, in an orb that is written into the config, or in the steps that a config hands to an orb.\n"
                + "A fence of a variable (ringfence secret fence) decides for that variable alone.",
        };
        var slug = new Argument<string?>("SLUG") { Description = "The project; that of this folder when left out.", Arity = ArgumentArity.ZeroOrOne };
        var orbs = new Option<bool>("--orbs") { Description = "Steps of orbs get only what a fence gives them." };
        var off = new Option<bool>("--off") { Description = "Steps of orbs get what other steps get. Opens it; asks first." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        command.Add(slug);
        command.Add(orbs);
        command.Add(off);
        command.Add(yes);
        command.Validators.Add(result =>
        {
            if (result.GetValue(orbs) == result.GetValue(off))
                result.AddError("Say --orbs or --off.");
        });
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            var project = work.Project(parsed.GetValue(slug));
            if (parsed.GetValue(orbs))
                await work.Keep.EnsureAsync(cancel);
            await using var keep = await work.Keep.OpenAsync(cancel);
            var request = new KeepRequest { FenceProject = new FenceProject { Owner = project.ToMessage(), WithholdsFromOrbs = parsed.GetValue(orbs), IsConfirmed = parsed.GetValue(yes) } };
            var done = await work.AskAsync(keep.Client, request, static r => r.FenceProject.IsConfirmed = true, "If that is meant, say it again with --yes.", cancel);
            work.Say(done.Sentence);
            return ExitCode.Success;
        }));
        return command;
    }
}
