using Ringfence.Cli.Output;
using Ringfence.Cli.Run.Views;

namespace Ringfence.Cli.Doctor;

/// <summary>An examination for a person to read.</summary>
internal static class ExaminationText
{
    private const int StateWidth = 7;

    /// <summary>A line for each finding, with what to do below it, and the verdict.</summary>
    public static StyledText Draw(Examination examination, OutputTraits traits)
    {
        var symbols = RunSymbols.Of(traits);
        var shown = new ShownText(traits);
        var width = examination.All.Max(f => f.Name.Length);
        var text = new StyledText();
        foreach (var finding in examination.All)
        {
            var (symbol, tone) = Look(finding.State, symbols);
            text.Add($"{symbol} {Word(finding.State).PadRight(StateWidth)}", tone).Add($"  {finding.Name.PadRight(width)}  ", Tone.Strong).Add(shown.Of(finding.Found)).EndLine();
            if (finding.Fix.Length > 0)
                text.Add(new string(' ', 2 + StateWidth + 2 + width + 2)).Add($"{symbols.Arrow} ", Tone.Frame).Add(shown.Of(finding.Fix), Tone.Advice).EndLine();
        }

        var (sum, sumTone) = examination.IsUsable ? (symbols.Good, Tone.Good) : (symbols.Bad, Tone.Error);
        return text.Line().Add($"{sum} {shown.Of(examination.Verdict)}", sumTone).EndLine();
    }

    /// <summary>The word for a state, also in JSON.</summary>
    public static string Word(FindingState state) => state switch
    {
        FindingState.Ok => "ok",
        FindingState.Warning => "warning",
        _ => "missing",
    };

    private static (string Symbol, Tone Tone) Look(FindingState state, RunSymbols symbols) => state switch
    {
        FindingState.Ok => (symbols.Good, Tone.Good),
        FindingState.Warning => (symbols.Broken, Tone.Warning),
        _ => (symbols.Bad, Tone.Error),
    };
}
