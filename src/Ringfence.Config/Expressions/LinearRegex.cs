using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Ringfence.Config.Expressions;

/// <summary>
/// A regular expression in RE2 syntax that matches a whole text in time linear in its length (CL-7.15, CL-16.21, CL-16.28). Immutable and
/// safe for several threads. Nothing is cached: the caller keeps the instance.
/// </summary>
/// <remarks>
/// <para>It works on code points, with <c>\d \w \s</c> and <c>(?i)</c> as RE2 defines them. Two things differ: letters beyond ASCII count for
/// <c>\b</c>, and characters beyond the basic plane are in no <c>\p{…}</c> but Any. Refused although RE2 has them: scripts such as
/// <c>\p{Greek}</c>, patterns that need more than about 2,000 places once repetitions are written out,
/// and patterns of more than 200 different characters or classes.</para>
/// <para>There is no time limit: the work is bounded by the size of the pattern times the length of the text, and a limit in
/// seconds would let the load of the machine decide the result.</para>
/// </remarks>
public sealed class LinearRegex
{
    /// <summary>The longest pattern, in UTF-16 units. Patterns in expressions have a tighter limit of their own.</summary>
    public const int LongestPattern = 2048;

    // .NET refuses an automaton of more than 10,000 places; below this there are never as many.
    private const int SurelyBuilt = 5_000;

    private readonly Wildcards? _wildcards;
    private readonly Lazy<Regex> _regex;

    private LinearRegex(string pattern, Wildcards? wildcards, Lazy<Regex> regex)
    {
        Pattern = pattern;
        _wildcards = wildcards;
        _regex = regex;
    }

    /// <summary>The pattern as given, without slashes around it.</summary>
    public string Pattern { get; }

    /// <summary>Compiles a pattern, or says why it is refused, with a hint where there is one.</summary>
    public static bool TryCompile(string pattern, [NotNullWhen(true)] out LinearRegex? regex, [NotNullWhen(false)] out string? whyNot)
    {
        regex = Compile(pattern, out var error);
        whyNot = error?.ToString();
        return regex is not null;
    }

    /// <summary>Compiles a pattern; null together with an error when it is refused. Never throws, whatever the pattern.</summary>
    public static LinearRegex? Compile(string pattern, out LinearRegexError? error)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Length > LongestPattern)
        {
            error = new LinearRegexError($"it is longer than {LongestPattern} characters", null, 0);
            return null;
        }

        // Nothing in such a pattern can be wrong.
        if (Wildcards.TryRead(pattern) is { } wildcards)
        {
            error = null;
            return new LinearRegex(pattern, wildcards, new Lazy<Regex>(() => Build(PatternTranslator.Translate(pattern, out _)!.Value.Text)));
        }

        if (PatternTranslator.Translate(pattern, out error) is not { } translated)
            return null;

        // Building takes longer than compiling the rest of a config, and most patterns are never asked.
        var regex = new Lazy<Regex>(() => Build(translated.Text));
        try
        {
            if ((long)translated.Text.Length * translated.Copies > SurelyBuilt)
                _ = regex.Value;
            return new LinearRegex(pattern, null, regex);
        }
        catch (NotSupportedException)
        {
            // The only sign .NET gives that the automaton would be too large.
            error = new LinearRegexError("it needs too many states", "use smaller repetition counts", 0);
            return null;
        }
    }

    /// <summary>Whether the pattern matches the whole text, in Unicode order and case-sensitive unless the pattern says otherwise.</summary>
    public bool IsMatch(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _wildcards?.TryMatch(text) ?? _regex.Value.IsMatch(text);
    }

    private static Regex Build(string translated) => new($@"\A(?:{translated})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override string ToString() => $"/{Pattern}/";
}
