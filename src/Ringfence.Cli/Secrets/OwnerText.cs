using System.Text.Json;
using Ringfence.Cli.Output;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Secrets;

/// <summary>Shows one context or project: its restrictions with their ids, and its secrets.</summary>
internal static class OwnerText
{
    private const int ShownOfId = 8;

    /// <summary>Writes it.</summary>
    public static void Write(ChosenOwner chosen, SecretWork work, bool asJson)
    {
        var stored = work.ReadStored();
        if (stored.Owners.FirstOrDefault(o => o.Key == chosen.Key) is not { } owner)
        {
            work.Say($"{chosen.Title} has no secrets and no restrictions: 'ringfence secret set' stores one.");
            return;
        }

        if (asJson)
        {
            work.Surroundings.Out.Write(JsonSerializer.Serialize(JsonOwner.Of(owner), CliJson.Readable.JsonOwner) + "\n");
            return;
        }

        var text = new StyledText();
        var rows = Inventory.Of(stored, work.ReferencesOfRuns(), o => o.Key == owner.Key, withRemoved: false);
        if (rows.IsEmpty)
            text.Add(InventoryText.Title(owner), Tone.Strong).Add("  no secrets", Tone.Faint).EndLine();
        text.Append(InventoryText.Draw(rows, work.Now)).Line();
        var table = new StyledTable("RESTRICTION", "KIND", "MEANING");
        foreach (var restriction in owner.Restrictions)
            table.Add(ShortId(restriction), Kind(restriction), DisplayText.Escape(Meaning(restriction)));
        text.Append(table.Draw());
        if (owner.AllowsSsh)
            text.Line().Add("Jobs with SSH get its secrets too.").EndLine();
        if (owner.AllowsForks)
            text.Line().Add("Jobs with the code of forks get secrets too, also of contexts.").EndLine();
        if (owner.WithholdsFromOrbs)
            text.Line().Add("Steps of orbs in its jobs get only what a fence gives them, also of contexts.").EndLine();
        StyledTextWriter.Write(text, work.Surroundings.Out, work.Surroundings.OutTraits);
        if (SshKeyCount.Of([owner]) is { } keys)
            work.Say(keys);
    }

    /// <summary>As much of an id as people type.</summary>
    public static string ShortId(VaultRestriction restriction) => restriction.Id.ToString("D")[..ShownOfId];

    private static string Kind(VaultRestriction restriction) => restriction.Kind switch
    {
        "all_members" or "group" => "who",
        "expression" => "when",
        _ => "where",
    };

    private static string Meaning(VaultRestriction restriction) => restriction.Kind is "expression" ? restriction.Value : RestrictionText.Of(restriction);
}
