namespace Ringfence.Config.Expressions;

/// <summary>Why a pattern is refused.</summary>
/// <param name="Reason">Half a sentence, to follow a colon.</param>
/// <param name="Hint">What to do, or null when there is nothing useful to say.</param>
/// <param name="Start">Where in the pattern, in UTF-16 units from 0.</param>
public sealed record LinearRegexError(string Reason, string? Hint, int Start)
{
    /// <inheritdoc/>
    public override string ToString() => Hint is null ? Reason : $"{Reason}; {Hint}";
}
