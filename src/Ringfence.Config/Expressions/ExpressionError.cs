namespace Ringfence.Config.Expressions;

/// <summary>Why an expression has no value, and where. It never holds the value of a variable.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Start">Where in the text, in UTF-16 units from 0.</param>
/// <param name="Length">How long the place is; 0 at the end of the text.</param>
/// <param name="Lexeme">The characters at the place, as the conformance corpus reports them.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Hint">What to do, or null when there is nothing useful to say.</param>
public sealed record ExpressionError(ExpressionErrorKind Kind, int Start, int Length, string Lexeme, string Message, string? Hint);
