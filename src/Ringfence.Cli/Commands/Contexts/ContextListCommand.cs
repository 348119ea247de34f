using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Commands.Contexts;

/// <summary><c>ringfence context list</c>.</summary>
internal static class ContextListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("list", "Print the contexts of an organization, and which jobs may use each.")
        {
            Examples = ["ringfence context list", "ringfence context list --all --format json"],
        };
        var organization = OwnerOptions.CreateOrganization();
        var all = new Option<bool>("--all") { Description = "Those of all organizations on this machine." };
        var format = FormatOption.Of("text", "json");
        command.Add(organization);
        command.Add(all);
        command.Add(format);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work =>
        {
            var of = parsed.GetValue(all) ? null : parsed.GetValue(organization) ?? work.Here.Organization;
            IReadOnlyList<VaultOwner> contexts = [.. work.ReadStored().Owners.Where(o => o.IsContext && (of is null || o.Organization == of))];
            if (parsed.GetValue(format) is "json")
                surroundings.Out.Write(JsonSerializer.Serialize([.. contexts.Select(JsonOwner.Of)], CliJson.Readable.IReadOnlyListJsonOwner) + "\n");
            else if (contexts.Count == 0 && work.Folder.WhatIsGone is null)
                work.Say($"There are no contexts{(of is null ? "" : $" in {of}")}: 'ringfence context create' makes one.");
            else
                Write(contexts, work);
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static void Write(IReadOnlyList<VaultOwner> contexts, SecretWork work)
    {
        var table = new StyledTable("CONTEXT", "ORGANIZATION", "SECRETS", "AGE", "MADE BY", "FOR") { Numbers = [2, 3] };
        var names = NameText.Of([.. contexts.Select(context => context.Name)]);
        foreach (var (context, name) in contexts.Zip(names))
        {
            table.Add(
                name,
                DisplayText.Escape(context.Organization),
                context.Living.Count().ToString(CultureInfo.InvariantCulture),
                AgeText.Of(work.Now - context.CreatedAt),
                DisplayText.Escape(context.CreatedBy),
                DisplayText.Escape(RestrictionText.Of(context)));
        }

        StyledTextWriter.Write(table.Draw(), work.Surroundings.Out, work.Surroundings.OutTraits);
    }
}
