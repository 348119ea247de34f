namespace Ringfence.Primitives;

/// <summary>How much a diagnostic matters.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; the result is as asked.</summary>
    Hint,

    /// <summary>Probably a mistake; the result is as asked.</summary>
    Warning,

    /// <summary>The input is refused.</summary>
    Error,
}
