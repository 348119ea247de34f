using Ringfence.Cli.Output;
using Ringfence.Primitives;

namespace Ringfence.Cli.Diagnostics;

/// <summary>Draws one diagnostic for a person: what, where, the source itself, how it came there, and what to do.</summary>
internal static class DiagnosticDrawing
{
    /// <summary>The lines of a diagnostic, followed by an empty one.</summary>
    public static StyledText Draw(Diagnostic diagnostic, OutputTraits traits)
    {
        var text = new StyledText();
        var (word, tone) = Heading(diagnostic.Severity);
        var message = Lines(diagnostic.Message);
        text.Add($"{word}[{diagnostic.Code.Id}]", tone).Add($": {message[0]}", Tone.Strong).EndLine();
        foreach (var more in message.Skip(1))
            text.Line("  " + more, Tone.Strong);

        var gutter = 1;
        if (diagnostic.Span.IsKnown)
        {
            var snippet = Snippet.Of(diagnostic.Span, tone, traits);
            gutter = snippet.GutterWidth;
            text.Add(new string(' ', gutter) + "--> ", Tone.Frame).Add(Place(diagnostic.Span)).EndLine().Append(snippet.Text);
        }

        if (diagnostic.Span.IsKnown && (diagnostic.Calls.Length > 0 || diagnostic.Hint is not null))
            text.Line(new string(' ', gutter) + " |", Tone.Frame);
        foreach (var call in diagnostic.Calls)
            AddNote(text, gutter, "note", Tone.Strong, DisplayText.Escape(call.ToString()) + (call.Span.IsKnown ? $" ({Place(call.Span)})" : ""));
        if (diagnostic.Hint is { } hint)
            AddNote(text, gutter, "help", Tone.Advice, hint);
        return text.Line();
    }

    private static void AddNote(StyledText text, int gutter, string label, Tone tone, string note)
    {
        var lines = Lines(note);
        text.Add(new string(' ', gutter) + " = ", Tone.Frame).Add(label, tone).Add(": " + lines[0]).EndLine();
        foreach (var more in lines.Skip(1))
            text.Line(new string(' ', gutter + label.Length + 5) + more);
    }

    private static (string Word, Tone Tone) Heading(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ("error", Tone.Error),
        DiagnosticSeverity.Warning => ("warning", Tone.Warning),
        _ => ("hint", Tone.Advice),
    };

    private static string Place(SourceSpan span) => DisplayText.Escape(span.ToString());

    private static string[] Lines(string text) => [.. text.TrimEnd().Split('\n').Select(l => DisplayText.Escape(l.TrimEnd('\r')))];
}
