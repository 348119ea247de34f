using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ringfence.Cli.Output;
using Ringfence.Cli.Secrets;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Commands.Secrets;

/// <summary><c>ringfence secret list</c>: the inventory (INC-10).</summary>
internal static class SecretListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new DocumentedCommand("list", "Print what is known of secrets: age, deadline, last release, last reference by a step, where they can go. Never a value.")
        {
            Examples = ["ringfence secret list", "ringfence secret list --context release", "ringfence secret list --all --removed --format csv"],
            Notes = "Without an option: the project of this folder, and all contexts of its organization.\n'same value as' is found by keyed fingerprints, which nobody without the keep can make.\n'referenced' is what the steps of the last runs say; what scripts of the repository read is not seen.",
        };
        var owner = OwnerOptions.AddTo(command);
        var all = new Option<bool>("--all") { Description = "The secrets of all organizations and projects on this machine." };
        var removed = new Option<bool>("--removed") { Description = "Also those that were removed, and those of contexts that were deleted." };
        var format = FormatOption.Of("text", "json", "csv");
        command.Add(all);
        command.Add(removed);
        command.Add(format);
        command.SetAction((parsed, _) => SecretWork.DoAsync(surroundings, work =>
        {
            Func<VaultOwner, bool> isWanted = OfFolder(work, parsed.GetValue(owner.Organization));
            if (parsed.GetValue(all))
                isWanted = static _ => true;
            else if (owner.IsChosen(parsed))
                isWanted = Only(owner.Choose(parsed, work));
            var stored = work.ReadStored();
            Write([.. Inventory.Of(stored, work.ReferencesOfRuns(), isWanted, parsed.GetValue(removed))], parsed.GetValue(format)!, work);

            // Those that have secrets say it in their headings.
            foreach (var project in stored.Owners.Where(o => isWanted(o) && o.WithholdsFromOrbs && !o.Living.Any()))
                work.Say($"Steps of orbs in jobs of {project.Name} get only what a fence gives them.");
            if (parsed.GetValue(format) is "text" && SshKeyCount.Of(stored.Owners.Where(isWanted)) is { } keys)
                work.Say(keys);
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static Func<VaultOwner, bool> Only(ChosenOwner chosen) => owner => owner.Key == chosen.Key;

    private static Func<VaultOwner, bool> OfFolder(SecretWork work, string? organization) => organization is { } of
        ? owner => owner.Organization == of
        : owner => owner.IsContext ? owner.Organization == work.Here.Organization : owner.Name == work.Here.Slug;

    private static void Write(IReadOnlyList<InventoryRow> rows, string format, SecretWork work)
    {
        var (now, surroundings) = (work.Now, work.Surroundings);
        if (format is "json")
        {
            surroundings.Out.Write(JsonSerializer.Serialize([.. rows.Select(row => JsonSecret.Of(row, now))], CliJson.Readable.IReadOnlyListJsonSecret) + "\n");
            return;
        }

        if (format is "csv")
        {
            surroundings.Out.Write(InventoryCsv.Of(rows, now));
            return;
        }

        if (rows.Count == 0)
            work.Say("There are no secrets here: 'ringfence secret set' stores one, '--all' prints those of all projects.");
        StyledTextWriter.Write(InventoryText.Draw(rows, now), surroundings.Out, surroundings.OutTraits);
        var overdue = rows.Count(row => row.IsOverdue(now));
        if (overdue > 0)
            work.Say(string.Create(CultureInfo.InvariantCulture, $"{overdue} {(overdue == 1 ? "secret" : "secrets")} ought to have been replaced: 'ringfence secret rotate'."));
    }
}
