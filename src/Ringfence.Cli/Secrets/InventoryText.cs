using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Keep.Vaults;

namespace Ringfence.Cli.Secrets;

/// <summary>Draws the inventory: a heading for each context or project with where its secrets can go, and a table below that fits a terminal of 100 columns.</summary>
internal static class InventoryText
{
    private const int LongestName = 24;

    /// <summary>The lines.</summary>
    public static StyledText Draw(IReadOnlyList<InventoryRow> rows, DateTimeOffset now)
    {
        var text = new StyledText();
        foreach (var group in rows.GroupBy(row => row.Owner.Key, StringComparer.Ordinal))
        {
            if (text.Lines.Count > 0)
                text.Line();
            var owner = group.First().Owner;
            text.Add(Title(owner), Tone.Strong).Add($"  for {DisplayText.Escape(RestrictionText.Of(owner))}", Tone.Faint).EndLine();
            var table = new StyledTable("NAME", "KIND", "PERSON", "AGE", "DEADLINE", "V", "LAST RELEASED", "REFERENCED") { Numbers = [3, 5] };
            foreach (var row in group)
                table.AddWith(DisplayText.Escape(Remark(row, now)), Cells(row, now));
            text.Append(table.Draw());
        }

        return text;
    }

    /// <summary>How a context or project is called in a heading.</summary>
    public static string Title(VaultOwner owner) => DisplayText.Escape(owner.IsContext ? $"context {owner.Name} of {owner.Organization}" : $"project {owner.Name}");

    /// <summary>When a secret ought to be replaced, in a few words.</summary>
    public static string Deadline(InventoryRow row, DateTimeOffset now) => row.Variable.Deadline switch
    {
        null => row.IsRemoved ? "" : "never",
        _ when row.IsRemoved => "",
        { } deadline when deadline <= now => $"overdue {AgeText.Of(now - deadline)}",
        { } deadline when deadline - now > TimeSpan.FromDays(1) => string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling((deadline - now).TotalDays):0}d"),
        { } deadline => $"in {AgeText.Of(deadline - now)}",
    };

    /// <summary>The job that got a secret last, in a few words.</summary>
    public static string LastRelease(InventoryRow row, DateTimeOffset now) => row.LastRelease is { } last
        ? string.Create(CultureInfo.InvariantCulture, $"{AgeText.Of(now - last.At)} ago to {Short(last.Job.Name)} #{last.Job.Pipeline}")
        : "never";

    /// <summary>When a step referred to a secret last, in a few words.</summary>
    public static string LastReference(InventoryRow row, DateTimeOffset now) => row.LastReference is { } last ? $"{AgeText.Of(now - last.At)} ago" : "never";

    private static string[] Cells(InventoryRow row, DateTimeOffset now)
    {
        var variable = row.Variable;
        var age = variable.RotatedAt == default ? "" : AgeText.Of(now - variable.RotatedAt);
        string[] cells = [variable.Name, KindText.OfStored(variable.Kind), variable.Person, age, Deadline(row, now), variable.Version.ToString(CultureInfo.InvariantCulture), LastRelease(row, now), LastReference(row, now)];
        return [.. cells.Select(DisplayText.Escape)];
    }

    private static string Short(string name) => name.Length > LongestName ? $"{name[..LongestName]}…" : name;

    private static string Remark(InventoryRow row, DateTimeOffset now) => string.Join("; ", (string[])
    [
        .. row.Variable.RemovedAt is { } removed ? [$"removed {AgeText.Of(now - removed)} ago"] : Array.Empty<string>(),
        .. row.LastReference is { } last ? [$"last referenced by {last.Job}/{last.Step}"] : Array.Empty<string>(),
        .. row.SameAs.Select(other => $"same value as {other}"),
        .. row.Variable.Fence.IsEmpty ? Array.Empty<string>() : [$"fenced: {FenceText.Of(row.Variable.Fence)}"],
        .. row.Variable.AllowsGuarded ? ["guarded name"] : Array.Empty<string>(),
    ]);
}
