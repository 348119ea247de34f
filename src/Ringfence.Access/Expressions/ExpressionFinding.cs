using Ringfence.Primitives;

namespace Ringfence.Access.Expressions;

/// <summary>One thing that the strict check has to say about an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Line and column in the expression.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Hint">What to do; null when there is nothing useful to say.</param>
public sealed record ExpressionFinding(ExpressionFindingKind Kind, LinePosition Position, string Message, string? Hint)
{
    /// <summary>Such as <c>1:12: … (…)</c>.</summary>
    public override string ToString() => Hint is null ? $"{Position}: {Message}" : $"{Position}: {Message}; {Hint}";
}
