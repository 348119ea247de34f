using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Contexts;

/// <summary><c>allow</c> and <c>forbid</c> of <c>ringfence context</c> and <c>ringfence project</c>: jobs that get no secrets by default (SSH-23, FORK-2).</summary>
internal static class AllowCommand
{
    /// <summary>The command of contexts that allows.</summary>
    public static Command OfContexts(Surroundings surroundings) => OfContexts(
        new DocumentedCommand("allow", "Give a context's secrets to jobs that do not get them by default.")
        {
            Examples = ["ringfence context allow staging --ssh"],
            Notes = Explained,
        }, isAllowed: true, surroundings);

    /// <summary>The command of contexts that forbids.</summary>
    public static Command NotOfContexts(Surroundings surroundings) => OfContexts(
        new DocumentedCommand("forbid", "Give a context's secrets no longer to jobs that do not get them by default.")
        {
            Examples = ["ringfence context forbid staging --ssh"],
        }, isAllowed: false, surroundings);

    /// <summary>The command of projects that allows.</summary>
    public static Command OfProjects(Surroundings surroundings) => OfProjects(
        new DocumentedCommand("allow", "Give secrets to jobs of a project that do not get them by default.")
        {
            Examples = ["ringfence project allow --ssh", "ringfence project allow gh/acme/app --forks"],
            Notes = $"{Explained}\nWith --forks, what is open to all members is open to whoever can open a pull request. A branch of the project's own repository is safer.",
        }, isAllowed: true, surroundings);

    /// <summary>The command of projects that forbids.</summary>
    public static Command NotOfProjects(Surroundings surroundings) => OfProjects(
        new DocumentedCommand("forbid", "Give secrets no longer to jobs of a project that do not get them by default.")
        {
            Examples = ["ringfence project forbid --forks"],
        }, isAllowed: false, surroundings);

    private static string Explained => "A job gets all secrets that it asks for, or none: every context that it names has to allow --ssh, and the project, if it has secrets of its own.";

    private static DocumentedCommand OfContexts(DocumentedCommand command, bool isAllowed, Surroundings surroundings)
    {
        var name = new Argument<string>("NAME") { Description = "The context." };
        var organization = OwnerOptions.CreateOrganization();
        command.Add(name);
        command.Add(organization);
        return Finish(command, isAllowed, withForks: false, surroundings, (parsed, work) => work.Context(parsed.GetRequiredValue(name), parsed.GetValue(organization)));
    }

    private static DocumentedCommand OfProjects(DocumentedCommand command, bool isAllowed, Surroundings surroundings)
    {
        var slug = new Argument<string?>("SLUG") { Description = "The project; that of this folder when left out.", Arity = ArgumentArity.ZeroOrOne };
        command.Add(slug);
        return Finish(command, isAllowed, withForks: true, surroundings, (parsed, work) => work.Project(parsed.GetValue(slug)));
    }

    private static DocumentedCommand Finish(DocumentedCommand command, bool isAllowed, bool withForks, Surroundings surroundings, Func<ParseResult, SecretWork, ChosenOwner> choose)
    {
        var ssh = new Option<bool>("--ssh") { Description = "Jobs in which a person works: ringfence shell. Nothing masks secrets there." };
        var forks = new Option<bool>("--forks") { Description = "Jobs with the code of forks, also the secrets of contexts." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        command.Add(ssh);
        if (withForks)
            command.Add(forks);
        if (isAllowed)
            command.Add(yes);
        command.Validators.Add(result =>
        {
            if (result.GetValue(ssh) == (withForks && result.GetValue(forks)))
                result.AddError(withForks ? "Say one: --ssh or --forks." : "Say which: --ssh.");
        });
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            var owner = choose(parsed, work);
            await using var keep = await work.Keep.OpenAsync(cancel);
            var what = parsed.GetValue(ssh) ? AllowedJobs.Ssh : AllowedJobs.Forks;
            var request = new KeepRequest { AllowSecrets = new AllowSecrets { Owner = owner.ToMessage(), What = what, IsAllowed = isAllowed, IsConfirmed = isAllowed && parsed.GetValue(yes) } };
            var done = await work.AskAsync(keep.Client, request, static r => r.AllowSecrets.IsConfirmed = true, "If that is meant, say it again with --yes.", cancel);
            work.Say(done.Sentence);
            return ExitCode.Success;
        }));
        return command;
    }
}
