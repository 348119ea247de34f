using System.CommandLine;
using Ringfence.Cli.Secrets;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Cli.Commands.Contexts;

/// <summary><c>ringfence context restrict</c> and <c>ringfence project restrict</c> (CTX-30 to CTX-33).</summary>
internal sealed class RestrictCommand
{
    private readonly Option<string?> _group = new("--group") { Description = "Only members of this group of the machine.", HelpName = "NAME" };

    private readonly Option<string?> _project = new("--project") { Description = "Only jobs of this project.", HelpName = "SLUG" };

    private readonly Option<string?> _expression = new("--expression") { Description = "Only jobs for which this is true, such as 'pipeline.git.branch == \"main\"'.", HelpName = "TEXT" };

    private readonly Option<bool> _allMembers = new("--all-members") { Description = "All members again, whatever the groups. Opens it; asks first." };

    private readonly Option<bool> _noProject = new("--no-project") { Description = "No project at all, in place of those there are." };

    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask." };

    private RestrictCommand()
    {
    }

    /// <summary>The command for contexts.</summary>
    public static Command OfContexts(Surroundings surroundings)
    {
        var command = new DocumentedCommand("restrict", "Limit who may use a context, where, or when.")
        {
            Examples =
            [
                "ringfence context restrict release --project gh/acme/app",
                "ringfence context restrict release --group deployers",
                "ringfence context restrict release --expression 'pipeline.git.branch == \"main\" and not job.ssh.enabled'",
            ],
            Notes = Explained,
        };
        var name = new Argument<string>("NAME") { Description = "The context." };
        var organization = OwnerOptions.CreateOrganization();
        command.Add(name);
        command.Add(organization);
        return new RestrictCommand().Finish(command, surroundings, (parsed, work) => work.Context(parsed.GetRequiredValue(name), parsed.GetValue(organization)));
    }

    /// <summary>The command for projects.</summary>
    public static Command OfProjects(Surroundings surroundings)
    {
        var command = new DocumentedCommand("restrict", "Limit who may use a project's own secrets, or when.")
        {
            Examples = ["ringfence project restrict --expression 'pipeline.git.branch == \"main\"'", "ringfence project restrict gh/acme/app --group deployers"],
            Notes = Explained,
        };
        var slug = new Argument<string?>("SLUG") { Description = "The project; that of this folder when left out.", Arity = ArgumentArity.ZeroOrOne };
        command.Add(slug);
        return new RestrictCommand().Finish(command, surroundings, (parsed, work) => work.Project(parsed.GetValue(slug)));
    }

    private static string Explained => "One group and one project of those listed have to match, and every expression has to be true.\nThe first group takes the place of all members.";

    private DocumentedCommand Finish(DocumentedCommand command, Surroundings surroundings, Func<ParseResult, SecretWork, ChosenOwner> choose)
    {
        Option[] kinds = [_group, _project, _expression, _allMembers, _noProject];
        foreach (var option in kinds)
            command.Add(option);
        command.Add(_yes);
        command.Validators.Add(result =>
        {
            if (kinds.Count(kind => result.GetResult(kind) is { Implicit: false }) != 1)
                result.AddError("Say one restriction: --group, --project, --expression, --all-members or --no-project.");
        });
        command.SetAction((parsed, cancel) => SecretWork.DoAsync(surroundings, async work =>
        {
            var owner = choose(parsed, work);
            if (parsed.GetValue(_project) is { } slug)
                work.Project(slug);
            await using var keep = await work.Keep.OpenAsync(cancel);
            var request = new KeepRequest { EditPolicy = Edit(parsed, owner) };
            var done = await work.AskAsync(keep.Client, request, static r => r.EditPolicy.IsConfirmed = true, "If that is meant, say it again with --yes.", cancel);
            work.Say(done.Sentence);
            return ExitCode.Success;
        }));
        return command;
    }

    private EditPolicy Edit(ParseResult parsed, ChosenOwner owner)
    {
        var edit = new EditPolicy { Owner = owner.ToMessage(), IsConfirmed = parsed.GetValue(_yes) };
        if (parsed.GetValue(_group) is { } group)
            edit.AddGroup = group;
        else if (parsed.GetValue(_project) is { } project)
            edit.AddProject = project;
        else if (parsed.GetValue(_expression) is { } expression)
            edit.AddExpression = expression;
        else if (parsed.GetValue(_allMembers))
            edit.AddAllMembers = true;
        else
            edit.AddNoProject = true;
        return edit;
    }
}
