using System.Collections.Frozen;

namespace Ringfence.Access.References;

/// <summary>
/// Finds references to variables in a text without running it. It cannot see names that are put together while a step runs, nor what
/// scripts of the repository read.
/// </summary>
public static class ReferenceScan
{
    private static readonly string[] ProgramMarks =
        [".env[", "environ[", "environ.get(", "getenv(", ".Environment.", "ENV[", "ENV.fetch(", "Getenv(", "LookupEnv(", "env::var(", "env("];

    private static readonly FrozenSet<string> ProgramWords = FrozenSet.Create(StringComparer.Ordinal, "printenv");

    /// <summary>The references, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">The names that exist: each mention of one counts. Null finds every name that is surely meant as a variable.</param>
    public static IEnumerable<TextReference> Find(string text, IReadOnlySet<string>? names)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = 0;
        while (at < text.Length)
        {
            if (!IsNamePart(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && IsNamePart(text[at]))
                at++;
            if (char.IsAsciiDigit(text[start]))
                continue;

            var kind = KindOf(text, start, at);
            var name = text[start..at];
            if (names is null ? kind != ReferenceKind.Mention : names.Contains(name))
                yield return new TextReference(name, kind, start);
        }
    }

    private static ReferenceKind KindOf(string text, int start, int end)
    {
        var before = text.AsSpan(0, start);
        if (before.EndsWith("$", StringComparison.Ordinal) || before.EndsWith("${", StringComparison.Ordinal)
            || before.EndsWith("${#", StringComparison.Ordinal) || before.EndsWith("${!", StringComparison.Ordinal)
            || before.EndsWith("$env:", StringComparison.OrdinalIgnoreCase) || before.EndsWith("${env:", StringComparison.OrdinalIgnoreCase)
            || (before.EndsWith("%", StringComparison.Ordinal) && end < text.Length && text[end] == '%'))
        {
            return ReferenceKind.Shell;
        }

        // Without the quotes around the name, as in os.environ["NAME"].
        var call = before.TrimEnd("\"'`\\ ");
        foreach (var mark in ProgramMarks)
        {
            if (call.EndsWith(mark, StringComparison.Ordinal) && (before.Length == call.Length || mark[^1] is '[' or '('))
                return ReferenceKind.Program;
        }

        // Such as "env.NAME" after a space or at the start.
        if (before.EndsWith("env.", StringComparison.Ordinal) && (before.Length == 4 || !IsNamePart(before[^5])))
            return ReferenceKind.Program;

        var word = before.TrimEnd(' ');
        return word.Length < before.Length && ProgramWords.Contains(LastWord(word)) ? ReferenceKind.Program : ReferenceKind.Mention;
    }

    private static string LastWord(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && IsNamePart(text[start - 1]))
            start--;
        return text[start..].ToString();
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
