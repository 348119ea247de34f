namespace Ringfence.Config.Expressions;

/// <summary>Whether a restriction lets a job use its context.</summary>
/// <param name="IsAllowed">Whether it does.</param>
/// <param name="Reason">Why, in one sentence for people and the audit log; holds no values of variables.</param>
/// <param name="Error">What stopped the evaluation; null when it came to a value.</param>
public sealed record ContextRestrictionResult(bool IsAllowed, string Reason, ExpressionError? Error);
