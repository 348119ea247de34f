using System.Globalization;
using System.Text;

namespace Ringfence.Cli.Secrets;

/// <summary>The inventory as comma-separated values (RFC 4180), for people who must show it to an auditor.</summary>
internal static class InventoryCsv
{
    private const string Header = "name,owner,organization,kind,person,created_at,created_by,rotated_at,rotated_by,deadline,overdue,version,last_released_at,last_released_to,last_referenced_at,last_referenced_by,fingerprint,same_as,restrictions,fence,removed_at";

    /// <summary>The text.</summary>
    public static string Of(IEnumerable<InventoryRow> rows, DateTimeOffset now)
    {
        var text = new StringBuilder(Header).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', Cells(JsonSecret.Of(row, now)).Select(Quote)).Append("\r\n");
        return text.ToString();
    }

    private static IEnumerable<string> Cells(JsonSecret s) =>
    [
        s.Name, $"{s.OwnerKind} {s.Owner}", s.Organization, s.Kind ?? "", s.Person ?? "", Time(s.CreatedAt), s.CreatedBy ?? "", Time(s.RotatedAt), s.RotatedBy ?? "", Time(s.Deadline), s.Overdue ? "yes" : "no",
        s.Version.ToString(CultureInfo.InvariantCulture), Time(s.LastReleasedAt), s.LastReleasedTo ?? "", Time(s.LastReferencedAt), s.LastReferencedBy ?? "", s.Fingerprint ?? "", string.Join("; ", s.SameAs), string.Join("; ", s.Restrictions), string.Join("; ", s.Fence), Time(s.RemovedAt),
    ];

    private static string Time(DateTimeOffset? time) => time is { } given ? given.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "";

    private static string Quote(string cell)
    {
        // A spreadsheet would run what looks like a formula.
        if (cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
            cell = "'" + cell;
        return cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
