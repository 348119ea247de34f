namespace Ringfence.Config.Expressions;

/// <summary>What an expression comes to.</summary>
/// <param name="Value">The value; undefined when there is an error.</param>
/// <param name="Error">Why there is no value; null when there is one.</param>
public sealed record ExpressionResult(ExpressionValue Value, ExpressionError? Error);
