using Ringfence.Config.Expressions;

namespace Ringfence.Config.Filters;

/// <summary>One item of a filter: an exact name, or a pattern between slashes that must match the whole name (CL-16.20, CL-16.21).</summary>
public sealed class NamePattern
{
    private readonly LinearRegex? _regex;

    private NamePattern(string text, LinearRegex? regex) => (Text, _regex) = (text, regex);

    /// <summary>The item as written.</summary>
    public string Text { get; }

    /// <summary>Reads an item; <paramref name="whyNot"/> is one sentence when the pattern is not valid.</summary>
    public static NamePattern? Parse(string text, out string? whyNot)
    {
        ArgumentNullException.ThrowIfNull(text);
        whyNot = null;
        if (text.Length < 2 || text[0] != '/' || text[^1] != '/')
            return new NamePattern(text, null);
        return LinearRegex.TryCompile(text[1..^1], out var regex, out whyNot) ? new NamePattern(text, regex) : null;
    }

    /// <summary>Whether a branch or tag has this name.</summary>
    public bool Matches(string name) => _regex?.IsMatch(name) ?? string.Equals(Text, name, StringComparison.Ordinal);
}
