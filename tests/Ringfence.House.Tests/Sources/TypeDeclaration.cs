using System.Text.RegularExpressions;

namespace Ringfence.House.Tests.Sources;

/// <summary>A type as it is declared in a source file, found by its first line.</summary>
internal sealed partial record TypeDeclaration(string Path, int Line, string Name, bool IsPublic, bool IsTopLevel, bool HasSummary)
{
    public static IReadOnlyList<TypeDeclaration> In(string path)
    {
        var lines = Repository.Lines(path);
        var found = new List<TypeDeclaration>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (Declaration().Match(lines[i]) is { Success: true } match)
                found.Add(From(path, lines, i, match));
        }

        return found;
    }

    private static TypeDeclaration From(string path, string[] lines, int index, Match match) => new(
        path,
        index + 1,
        match.Groups["name"].Value,
        match.Groups["words"].Value.Contains("public ", StringComparison.Ordinal),
        match.Groups["indent"].Length == 0,
        HasSummaryAbove(lines, index));

    private static bool HasSummaryAbove(string[] lines, int index)
    {
        while (--index >= 0 && lines[index].Trim() is { Length: > 0 } line && line is not ("{" or "}"))
        {
            if (line.StartsWith("/// <summary>", StringComparison.Ordinal) || line.StartsWith("/// <inheritdoc", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    [GeneratedRegex(
        @"^(?<indent> *)(?:\[[^\]]*\] *)*(?<words>(?:(?:public|internal|private|protected|file|static|sealed|abstract|readonly|partial|ref|unsafe|new) )*)(?:class|record struct|record class|record|struct|interface|enum|delegate [A-Za-z<>\[\]?]+) (?<name>[A-Z][A-Za-z0-9_]*)")]
    private static partial Regex Declaration();
}
