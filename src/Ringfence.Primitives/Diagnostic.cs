using System.Collections.Immutable;

namespace Ringfence.Primitives;

/// <summary>One problem in the user's input: what, where and what to do about it. Data, not an exception.</summary>
/// <param name="Code">The kind of problem.</param>
/// <param name="Span">The exact place.</param>
/// <param name="Message">One sentence. It MUST NOT hold the value of a variable.</param>
/// <param name="Hint">What to do, or null when there is nothing useful to say.</param>
public sealed record Diagnostic(DiagnosticCode Code, SourceSpan Span, string Message, string? Hint = null)
{
    /// <summary>The calls that led to the place, outermost first; empty for a problem in the document itself.</summary>
    public ImmutableArray<CallFrame> Calls { get; init; } = [];

    /// <summary>How much it matters.</summary>
    public DiagnosticSeverity Severity => Code.Severity;

    /// <summary>One line: <c>path:line:column: error RF1004: message</c>.</summary>
    public override string ToString()
    {
        var place = Span.IsKnown ? $"{Span}: " : "";
        return $"{place}{Severity.ToString().ToLowerInvariant()} {Code.Id}: {Message}";
    }
}
