using System.Text;

namespace Ringfence.House.Tests.Docs;

/// <summary>docs/compatibility.tsv: what CircleCI does, how far we do it, and the test that shows it.</summary>
internal static class Compatibility
{
    public const string File = "docs/compatibility.tsv";
    public const string Begin = "<!-- compatibility:begin -->";
    public const string End = "<!-- compatibility:end -->";

    public static readonly string[] States = ["yes", "partly", "no"];

    public sealed record Row(int Line, string Id, string State, string Test, string Note)
    {
        /// <summary><c>config-file</c> in <c>L-config-file-01</c>.</summary>
        public string Area => string.Join('-', Id.Split('-')[1..^1]);
    }

    public static IReadOnlyList<Row> Rows() =>
        [.. Repository.Lines(File).Index().Skip(1).Where(line => line.Item.Length > 0).Select(line => Parse(line.Item.Split('\t'), line.Index + 1))];

    public static string Table(IEnumerable<Row> rows)
    {
        var text = new StringBuilder("| area | yes | partly | no |\n|---|--:|--:|--:|\n");
        var all = rows.ToList();
        foreach (var area in all.GroupBy(row => row.Area).OrderBy(group => group.Key, StringComparer.Ordinal))
            text.Append(Line(area.Key, area));
        return text.Append(Line("**all**", all)).ToString();
    }

    private static string Line(string name, IEnumerable<Row> rows)
    {
        var counts = rows.CountBy(row => row.State).ToDictionary();
        return $"| {name} | {string.Join(" | ", States.Select(state => counts.GetValueOrDefault(state)))} |\n";
    }

    private static Row Parse(string[] cells, int line) => cells is [var id, var state, var test, var note]
        ? new Row(line, id, state, test, note)
        : throw new InvalidOperationException($"{File}:{line} has {cells.Length} columns instead of 4.");
}
