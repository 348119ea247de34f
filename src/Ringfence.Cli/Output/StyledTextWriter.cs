using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ringfence.Cli.Output;

/// <summary>Writes a <see cref="StyledText"/>, with colours where the receiver wants them.</summary>
internal static class StyledTextWriter
{
    /// <summary>Writes all finished lines.</summary>
    public static void Write(StyledText text, TextWriter writer, OutputTraits traits)
    {
        if (!traits.Colour)
        {
            writer.Write(text.ToString());
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(writer),
        });
        console.Write(new Unwrapped(text));
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Faint => new Style(decoration: Decoration.Dim),
        Tone.Error => new Style(Color.Red, decoration: Decoration.Bold),
        Tone.Warning => new Style(Color.Olive, decoration: Decoration.Bold),
        Tone.Advice => new Style(Color.Teal, decoration: Decoration.Bold),
        Tone.Frame => new Style(Color.Teal),
        Tone.Good => new Style(Color.Green),
        _ => Style.Plain,
    };

    // Spectre's own texts wrap at the width, which would tear carets away from what they point at.
    private sealed class Unwrapped(StyledText text) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            foreach (var line in text.Lines)
            {
                foreach (var piece in line)
                    yield return new Segment(piece.Text, StyleOf(piece.Tone));
                yield return Segment.LineBreak;
            }
        }
    }
}
