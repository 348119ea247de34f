using System.Text;

namespace Ringfence.Config.Tests.Recorded;

/// <summary>
/// Every recorded pair of config and output of CircleCI's own compiler. Orbs come from the folder that RINGFENCE_ORB_SOURCES names; they are
/// not part of this repository, so their rows of the table are checked only where that folder is.
/// </summary>
public sealed class RecordedPairsTests
{
    private const string Table = "docs/recorded-pairs.txt";

    private static readonly string? OrbSources = Environment.GetEnvironmentVariable("RINGFENCE_ORB_SOURCES") is { Length: > 0 } folder ? folder : null;

    [Fact]
    [Rule("CL-2.3", "CL-2.5", "CL-2.6", "CL-10.4", "CL-17.13")]
    public void Compiles_every_recorded_pair_that_needs_no_orb_to_the_recorded_data()
    {
        var wrong = RecordedPair.All().Select(p => (p.Key, Verdict: p.Verdict(null)))
            .Where(v => !v.Verdict.StartsWith("needs ", StringComparison.Ordinal) && v.Verdict != "same")
            .Select(v => $"{v.Key}: {v.Verdict}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Keeps_the_table_of_pairs_and_verdicts()
    {
        var known = File.Exists(RepositoryRoot.At(Table)) ? File.ReadAllLines(RepositoryRoot.At(Table)).Where(l => l.Contains('\t', StringComparison.Ordinal)).ToDictionary(l => l.Split('\t')[0], l => l.Split('\t')[1], StringComparer.Ordinal) : [];
        var rows = new List<(string Key, string Needs, string Verdict)>();
        foreach (var pair in RecordedPair.All())
        {
            var alone = pair.Verdict(null);
            var needs = alone.StartsWith("needs ", StringComparison.Ordinal) ? alone["needs ".Length..] : "";
            var verdict = needs.Length == 0 ? alone
                : OrbSources is null ? known.GetValueOrDefault(pair.Key, "not checked")
                : pair.Verdict(OrbSources);
            rows.Add((pair.Key, needs, verdict));
        }

        var text = new StringBuilder()
            .AppendLine("# What CircleCI's compiler printed, and what Ringfence makes of the same config. Written by RecordedPairsTests.")
            .AppendLine("# pair, verdict, orbs that it imports. Rows with orbs were checked when RINGFENCE_ORB_SOURCES named a folder of their public sources.")
            .AppendLine($"# {rows.Count(r => r.Needs.Length == 0)} pairs need no orb: {rows.Count(r => r.Needs.Length == 0 && r.Verdict == "same")} same.")
            .AppendLine($"# {rows.Count(r => r.Needs.Length > 0)} pairs need orbs: {rows.Count(r => r.Needs.Length > 0 && r.Verdict.StartsWith("same", StringComparison.Ordinal))} same.");
        foreach (var (key, needs, verdict) in rows)
            text.AppendLine($"{key}\t{verdict}\t{needs}");
        Golden.Check(text.ToString(), Table);
    }
}
