using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ringfence.Cli.Commands.Contexts;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;

namespace Ringfence.Cli.Commands.Projects;

/// <summary><c>ringfence project</c>: the projects' own secrets and who may use them.</summary>
internal static class ProjectCommands
{
    /// <summary>Makes the commands.</summary>
    public static Command Create(Surroundings surroundings) => new("project", "Look after the secrets that belong to single projects.")
    {
        List(surroundings),
        Show(surroundings),
        RestrictCommand.OfProjects(surroundings),
        UnrestrictCommand.OfProjects(surroundings),
        AllowCommand.OfProjects(surroundings),
        AllowCommand.NotOfProjects(surroundings),
        ProjectFenceCommand.Create(surroundings),
    };

    private static DocumentedCommand List(Surroundings surroundings)
    {
        var command = new DocumentedCommand("list", "Print the projects of this machine that have secrets of their own.") { Examples = ["ringfence project list"] };
        var format = FormatOption.Of("text", "json");
        command.Add(format);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work =>
        {
            var projects = work.ReadStored().Owners.Where(o => !o.IsContext).ToList();
            if (parsed.GetValue(format) is "json")
            {
                surroundings.Out.Write(JsonSerializer.Serialize([.. projects.Select(JsonOwner.Of)], CliJson.Readable.IReadOnlyListJsonOwner) + "\n");
                return Task.FromResult(ExitCode.Success);
            }

            if (projects.Count == 0)
                work.Say("No project has secrets of its own: 'ringfence secret set' stores one for the project of this folder.");
            var table = new StyledTable("PROJECT", "SECRETS", "SSH KEYS", "FOR") { Numbers = [1, 2] };
            foreach (var project in projects)
                table.Add(DisplayText.Escape(project.Name), project.Living.Count().ToString(CultureInfo.InvariantCulture), project.SshKeys.Length.ToString(CultureInfo.InvariantCulture), DisplayText.Escape(RestrictionText.Of(project)));
            if (projects.Count > 0)
                StyledTextWriter.Write(table.Draw(), surroundings.Out, surroundings.OutTraits);
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static DocumentedCommand Show(Surroundings surroundings)
    {
        var command = new DocumentedCommand("show", "Print the restrictions and secrets of a project. Values are never shown.")
        {
            Examples = ["ringfence project show", "ringfence project show gh/acme/app --format json"],
        };
        var slug = new Argument<string?>("SLUG") { Description = "The project; that of this folder when left out.", Arity = ArgumentArity.ZeroOrOne };
        var format = FormatOption.Of("text", "json");
        command.Add(slug);
        command.Add(format);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work =>
        {
            OwnerText.Write(work.Project(parsed.GetValue(slug)), work, parsed.GetValue(format) is "json");
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }
}
