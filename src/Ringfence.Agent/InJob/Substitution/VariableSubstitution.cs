using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ringfence.Agent.InJob.Substitution;

/// <summary>
/// Replaces <c>$V</c>, <c>${V}</c>, <c>${V-d}</c>, <c>${V=d}</c> (if unset), <c>${V:-d}</c>, <c>${V:=d}</c> (if unset or empty), <c>${V+a}</c> and <c>${V:+a}</c> (if set, or set and not empty)
/// in a text; <c>$$</c> is a dollar sign; what is unset is empty. What stands after the operator is replaced in the same way. Nothing is assigned, and values are not looked into again.
/// Names are letters, digits and underscores in any order, so <c>$1</c> is a name too.
/// </summary>
internal sealed class VariableSubstitution(string text, Func<string, string?> variable)
{
    private const int Deepest = 100;
    private const int MostCharacters = 256 * 1024 * 1024;
    private int _at;

    /// <summary>The text with all variables replaced; says in one sentence what is wrong with it. The sentence has no piece of the text, which may hold secrets.</summary>
    public bool TryReplace([NotNullWhen(true)] out string? result, [NotNullWhen(false)] out string? why)
    {
        _at = 0;
        var output = new StringBuilder(text.Length);
        why = Replace(output, 0);
        result = why is null ? output.ToString() : null;
        return why is null;
    }

    private string? Replace(StringBuilder output, int depth)
    {
        while (_at < text.Length)
        {
            if (output.Length > MostCharacters)
                return $"the result is longer than {MostCharacters} bytes";

            var c = text[_at++];
            if (c == '}' && depth > 0)
            {
                _at--;
                return null;
            }

            var next = _at < text.Length ? text[_at] : '\0';
            if (c != '$' || (next is not ('$' or '{') && !IsName(next)))
            {
                output.Append(c);
            }
            else if (next == '$')
            {
                output.Append('$');
                _at++;
            }
            else if (next != '{')
            {
                output.Append(variable(Name()));
            }
            else if (Braces(output, depth) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    private string? Braces(StringBuilder output, int depth)
    {
        var start = _at++;
        var name = Name();
        var value = variable(name);
        var colon = Skip(':');
        var operation = _at < text.Length ? text[_at] : '\0';
        if (name.Length == 0 || (operation is not ('-' or '=' or '+') && (colon || operation is not ('}' or '\0'))))
            return $"line {Line(start)} has a '${{' without a name and one of '}}', '-', '=', '+', ':-', ':=' and ':+' behind it; write '$$' for a dollar sign";
        if (Skip('}'))
        {
            output.Append(value);
            return null;
        }

        if (depth == Deepest)
            return $"line {Line(start)} has more than {Deepest} substitutions inside each other";

        _at++;
        var other = new StringBuilder();
        if (_at <= text.Length && Replace(other, depth + 1) is { } why)
            return why;
        if (!Skip('}'))
            return $"line {Line(start)} has a '${{' without its '}}'";

        var isThere = colon ? value is { Length: > 0 } : value is not null;
        if (operation == '+')
            output.Append(isThere ? other : null);
        else if (isThere)
            output.Append(value);
        else
            output.Append(other);
        return null;
    }

    private string Name()
    {
        var start = _at;
        while (_at < text.Length && IsName(text[_at]))
            _at++;
        return text[start.._at];
    }

    private bool Skip(char c)
    {
        if (_at >= text.Length || text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private int Line(int position) => text.AsSpan(0, position).Count('\n') + 1;

    private static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
