using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Cli.Run.Views;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>An isolation check for a person to read.</summary>
internal static class IsolationText
{
    /// <summary>A table of probes and sandboxes, a sentence for each finding, and a verdict for each sandbox.</summary>
    public static StyledText Draw(IsolationReport report, OutputTraits traits)
    {
        var symbols = RunSymbols.Of(traits);
        var shown = new ShownText(traits);
        var tried = report.Sandboxes.Where(s => s.IsTried).ToArray();
        var text = new StyledText();
        if (tried.Length > 0)
        {
            var table = new StyledTable(["what a thief looked for", .. tried.Select(s => s.Sandbox)]);
            foreach (var probe in IsolationProbe.All)
                table.Add([probe.Title, .. tried.Select(s => Word(s.Results.FirstOrDefault(r => r.Probe == probe.Name)?.State))]);
            text.Append(table.Draw()).Line();
        }

        foreach (var sandbox in tried)
        {
            foreach (var result in sandbox.Results.Where(r => r.State != ProbeState.Safe))
            {
                var probe = IsolationProbe.Find(result.Probe);
                var isFound = result.State == ProbeState.Found;
                text.Add(isFound ? $"{symbols.Bad} {sandbox.Sandbox}: " : $"{symbols.Idle} {sandbox.Sandbox}: ", isFound ? Tone.Error : Tone.Faint)
                    .Add(shown.Of($"{probe?.Title ?? result.Probe}{(isFound ? "" : " not tried")}: {result.Detail}.")).EndLine();
            }

            foreach (var advice in sandbox.Found.Select(r => IsolationProbe.Find(r.Probe)?.Advice).OfType<string>().Distinct(StringComparer.Ordinal))
                text.Add($"  {symbols.Arrow} ", Tone.Frame).Add(shown.Of(advice), Tone.Advice).EndLine();
        }

        text.Line();
        foreach (var sandbox in report.Sandboxes)
        {
            var (symbol, tone) = !sandbox.IsTried ? (symbols.Idle, Tone.Faint) : sandbox.IsFit ? (symbols.Good, Tone.Good) : (symbols.Bad, Tone.Error);
            text.Add($"{symbol} {sandbox.Sandbox}: {sandbox.Verdict}", tone).Add(shown.Of($" ({sandbox.Description})")).EndLine();
        }

        return text.Line(shown.Of($"Checked {report.CheckedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC by {report.User} with Ringfence {report.Version} on Linux {report.Kernel}."), Tone.Faint);
    }

    private static string Word(ProbeState? state) => state switch
    {
        ProbeState.Safe => "safe",
        ProbeState.Found => "found",
        _ => "not tried",
    };
}
