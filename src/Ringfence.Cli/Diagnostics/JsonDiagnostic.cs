using System.Collections.Immutable;
using Ringfence.Primitives;

namespace Ringfence.Cli.Diagnostics;

/// <summary>A diagnostic as the JSON output gives it.</summary>
internal sealed record JsonDiagnostic(
    string Severity, string Code, string Message, string? Hint, JsonPlace? Place, ImmutableArray<JsonCall> Calls)
{
    /// <summary>The JSON form of a diagnostic.</summary>
    public static JsonDiagnostic Of(Diagnostic diagnostic) => new(
        diagnostic.Severity.ToString().ToLowerInvariant(),
        diagnostic.Code.Id,
        diagnostic.Message,
        diagnostic.Hint,
        JsonPlace.Of(diagnostic.Span),
        [.. diagnostic.Calls.Select(c => new JsonCall(c.Kind, c.Name, JsonPlace.Of(c.Span)))]);

    /// <summary>The JSON form of those that are errors, or of those that are not.</summary>
    public static ImmutableArray<JsonDiagnostic> Of(IEnumerable<Diagnostic> diagnostics, bool errors) =>
        [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error == errors).Select(Of)];
}
