using System.Collections.Immutable;
using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Primitives;

namespace Ringfence.Cli.Diagnostics;

/// <summary>All that is to be said about one input, ended by a line with the counts.</summary>
internal static class DiagnosticReport
{
    /// <summary>What CircleCI's command prints first, so that scripts that look for it go on working (CL-2.10).</summary>
    private const string Header = "ERROR IN CONFIG FILE:";

    /// <summary>Writes problems of a config. Nothing is written when there are none.</summary>
    public static void WriteForConfig(ImmutableArray<Diagnostic> diagnostics, int leftOut, Surroundings surroundings)
    {
        var errors = diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error);
        var text = new StyledText();
        if (errors > 0)
            text.Line(Header, Tone.Error);
        Draw(diagnostics, surroundings, text);
        if (leftOut > 0)
            text.Line(string.Create(CultureInfo.InvariantCulture, $"{leftOut} more are not shown."), Tone.Faint);
        if (errors > 0)
            text.Line($"Config is invalid: {Counts(diagnostics)}", Tone.Strong);
        else if (diagnostics.Length > 0)
            text.Line(Counts(diagnostics), Tone.Strong);
        StyledTextWriter.Write(text, surroundings.Error, surroundings.ErrorTraits);
    }

    /// <summary>Writes problems of anything else, such as an argument or a file that is not there.</summary>
    public static void Write(IEnumerable<Diagnostic> diagnostics, Surroundings surroundings)
    {
        var text = new StyledText();
        Draw(diagnostics, surroundings, text);
        StyledTextWriter.Write(text, surroundings.Error, surroundings.ErrorTraits);
    }

    private static void Draw(IEnumerable<Diagnostic> diagnostics, Surroundings surroundings, StyledText text)
    {
        foreach (var diagnostic in diagnostics)
            text.Append(DiagnosticDrawing.Draw(diagnostic, surroundings.ErrorTraits));
    }

    private static string Counts(ImmutableArray<Diagnostic> diagnostics)
    {
        var parts = new[] { DiagnosticSeverity.Error, DiagnosticSeverity.Warning, DiagnosticSeverity.Hint }
            .Select(severity => (Name: severity.ToString().ToLowerInvariant(), Count: diagnostics.Count(d => d.Severity == severity)))
            .Where(p => p.Count > 0)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Count} {p.Name}{(p.Count == 1 ? "" : "s")}"));
        return string.Join(", ", parts);
    }
}
