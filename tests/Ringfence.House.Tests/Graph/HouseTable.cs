namespace Ringfence.House.Tests.Graph;

/// <summary>The tables under "The house" in ARCHITECTURE.md: which projects there are, and which there will be.</summary>
internal static class HouseTable
{
    public sealed record Row(string Project, string Kind, string[] MayUse);

    public static IReadOnlyList<Row> Present() => [.. Rows("## The house", columns: 4).Select(cells => new Row(cells[0], cells[1], MayUse(cells[3])))];

    public static IReadOnlyList<string> Planned() => [.. Rows("### Later", columns: 3).Select(cells => cells[0])];

    private static IEnumerable<string[]> Rows(string heading, int columns) =>
        Repository.Lines("ARCHITECTURE.md")
            .SkipWhile(line => line != heading).Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray())
            .Where(cells => cells.Length == columns);

    private static string[] MayUse(string cell) =>
        cell == "nothing" ? [] : [.. cell.Split(',').Select(name => "Ringfence." + name.Trim())];
}
