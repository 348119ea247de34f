using System.CommandLine;

namespace Ringfence.Cli.Secrets;

/// <summary>The options <c>--context</c>, <c>--project</c> and <c>--org</c>: whose secrets are meant.</summary>
internal sealed class OwnerOptions
{
    private readonly Option<string?> _context = new("--context") { Description = "The context that holds the secret.", HelpName = "NAME" };

    private readonly Option<string?> _project = new("--project") { Description = "A project's own variables; those of the project of this folder when no slug is given, or neither option.", HelpName = "SLUG", Arity = ArgumentArity.ZeroOrOne };

    private OwnerOptions()
    {
    }

    /// <summary>The option <c>--org</c>.</summary>
    public Option<string?> Organization { get; } = CreateOrganization();

    /// <summary>Makes the option <c>--org</c>.</summary>
    public static Option<string?> CreateOrganization() => new("--org") { Description = "The organization, such as gh/acme; that of the project of this folder when left out.", HelpName = "ORG" };

    /// <summary>Adds them to a command.</summary>
    public static OwnerOptions AddTo(Command command)
    {
        var options = new OwnerOptions();
        command.Add(options._context);
        command.Add(options._project);
        command.Add(options.Organization);
        command.Validators.Add(result =>
        {
            if (result.GetResult(options._context) is { Implicit: false } && result.GetResult(options._project) is { Implicit: false })
                result.AddError("A secret belongs to a context or to a project: give --context or --project, not both.");
        });
        return options;
    }

    /// <summary>Whether the user has said anything.</summary>
    public bool IsChosen(ParseResult parsed) => parsed.GetResult(_context) is { Implicit: false } || parsed.GetResult(_project) is { Implicit: false };

    /// <summary>What the user means.</summary>
    /// <exception cref="SecretRefusedException">There is no such context.</exception>
    public ChosenOwner Choose(ParseResult parsed, SecretWork work) =>
        parsed.GetValue(_context) is { } context ? work.Context(context, parsed.GetValue(Organization)) : work.Project(parsed.GetValue(_project));
}
