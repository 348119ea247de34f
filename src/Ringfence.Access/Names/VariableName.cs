using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ringfence.Access.Names;

/// <summary>The name of a variable of a context or a project (CTX-4, ENV-2).</summary>
public sealed record VariableName
{
    private static readonly FrozenSet<string> Guarded = FrozenSet.Create(
        StringComparer.Ordinal,
        "PATH", "LD_PRELOAD", "LD_LIBRARY_PATH", "BASH_ENV", "ENV", "IFS", "PROMPT_COMMAND", "GIT_SSH_COMMAND", "NODE_OPTIONS", "PYTHONSTARTUP");

    private VariableName(string text) => Text = text;

    /// <summary>The name as written; case matters.</summary>
    public string Text { get; }

    /// <summary>
    /// Whether the name changes how a shell, a program or the agent itself behaves, so that a secret may take it only with an explicit
    /// override that is recorded (CTX-22).
    /// </summary>
    public bool IsGuarded => Guarded.Contains(Text) || Text.StartsWith("CIRCLE_", StringComparison.Ordinal);

    /// <summary>Why the name may not be used without an override, in one sentence; null when it may.</summary>
    public string? WhyGuarded => IsGuarded
        ? $"{Text} changes how programs or the job itself behave: choose another name, or ask for it with an explicit override, which is recorded."
        : null;

    /// <summary>Reads a name, or says what is wrong with it in one sentence. A guarded name is read; whether it may be used is asked apart.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VariableName? name, [NotNullWhen(false)] out string? whyNot)
    {
        ArgumentNullException.ThrowIfNull(text);
        whyNot = WhyNot(text);
        name = whyNot is null ? new VariableName(text) : null;
        return name is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string? WhyNot(string text)
    {
        if (text.Length == 0)
            return "A variable needs a name.";
        if (text.Length > AccessLimits.VariableNameCharacters)
            return string.Create(CultureInfo.InvariantCulture, $"The name of a variable is longer than {AccessLimits.VariableNameCharacters} characters: shorten it.");
        if (char.IsAsciiDigit(text[0]))
            return "The name of a variable begins with a digit: begin it with a letter or an underscore.";
        return text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? null
            : "The name of a variable holds something else than letters from A to Z, digits and underscores: remove it.";
    }
}
