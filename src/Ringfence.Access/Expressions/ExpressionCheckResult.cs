using System.Collections.Immutable;

namespace Ringfence.Access.Expressions;

/// <summary>What the strict check says about an expression before it is stored.</summary>
/// <param name="Errors">Why it is refused; empty when it may be stored.</param>
/// <param name="Warnings">What has to be acknowledged first.</param>
public sealed record ExpressionCheckResult(ImmutableArray<ExpressionFinding> Errors, ImmutableArray<ExpressionFinding> Warnings)
{
    /// <summary>Whether it may be stored once its warnings are acknowledged.</summary>
    public bool IsAccepted => Errors.IsEmpty;
}
