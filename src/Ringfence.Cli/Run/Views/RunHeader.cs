using System.Globalization;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Run.Views;

/// <summary>The lines that stand above everything: which pipeline this is.</summary>
internal static class RunHeader
{
    private const int ShortRevision = 8;

    /// <summary>One line.</summary>
    public static StyledText Of(RunEvent.PipelineStarted started, OutputTraits traits)
    {
        var shown = new ShownText(traits);
        var dot = $" {RunSymbols.Of(traits).Dot} ";
        var text = new StyledText().Add(string.Create(CultureInfo.InvariantCulture, $"{(started.IsSetup ? "Setup pipeline" : "Pipeline")} {started.Number}"), Tone.Strong).Add(dot, Tone.Faint).Add(shown.Of(started.Config));
        if (started.Branch.Length > 0)
            text.Add(dot, Tone.Faint).Add(shown.Of(started.Branch));
        if (started.Tag.Length > 0)
            text.Add(dot, Tone.Faint).Add("tag " + shown.Of(started.Tag));
        if (started.Revision.Length > 0)
            text.Add(dot, Tone.Faint).Add(shown.Of(started.Revision[..Math.Min(ShortRevision, started.Revision.Length)]));
        return text.EndLine();
    }
}
