using Ringfence.Cli.Output;

namespace Ringfence.Cli.Run.Views;

/// <summary>Lines that never reach the last column of a terminal: what is too long is cut, so that nothing wraps.</summary>
internal sealed class FrameLines(OutputTraits traits)
{
    private readonly ShownText _shown = new(traits);
    private int _used;

    /// <summary>The lines so far.</summary>
    public StyledText Text { get; } = new();

    /// <summary>Adds to the current line what fits.</summary>
    public FrameLines Add(string text, Tone tone = Tone.Plain)
    {
        var room = traits.Width - 1 - _used;
        if (room <= 0 || text.Length == 0)
            return this;
        var fits = _shown.Cut(text, room);
        _used = fits.Length > 0 ? _used + DisplayText.Width(fits) : traits.Width;
        Text.Add(fits, tone);
        return this;
    }

    /// <summary>Ends the current line.</summary>
    public void End()
    {
        Text.EndLine();
        _used = 0;
    }
}
