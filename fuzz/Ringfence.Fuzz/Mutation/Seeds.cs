using System.Text.Json;

namespace Ringfence.Fuzz.Mutation;

/// <summary>The inputs that a run begins with: the project's own, and the corpus beside the repository when it is there.</summary>
internal static class Seeds
{
    private const int MostCharacters = 12 * 1024;

    /// <summary>The project's own inputs for a target, in the order of their names. Each block between lines of <c>=====</c> is one.</summary>
    public static IReadOnlyList<string> Own(string repository, string target) =>
    [
        .. Directory.GetFiles(Path.Combine(repository, "fuzz", "seeds", target)).Order(StringComparer.Ordinal)
            .SelectMany(f => File.ReadAllText(f).Split("\n=====\n")),
    ];

    /// <summary>What the corpus has for a target; empty when it is not there.</summary>
    public static IReadOnlyList<string> FromCorpus(string repository, string target)
    {
        var corpus = Path.GetFullPath(Path.Combine(repository, "..", "shared", "corpus"));
        string[] folders = target switch
        {
            "yaml" => ["invalid", "docs-examples"],
            "compiler" => ["docs-examples", "configs", "golden", "invalid"],
            _ => [],
        };
        var texts = folders.Select(f => Path.Combine(corpus, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.GetFiles(f, "*.yml", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .Select(File.ReadAllText).Where(t => t.Length <= MostCharacters);
        var expressions = Path.Combine(corpus, "expr", "cases.json");
        return [.. target == "expression" && File.Exists(expressions) ? Expressions(expressions) : texts];
    }

    private static List<string> Expressions(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. document.RootElement.GetProperty("cases").EnumerateArray().SelectMany(c => c.EnumerateObject())
                .Where(p => p.Value.ValueKind == JsonValueKind.String && p.Name is "expr" or "expression" or "source").Select(p => p.Value.GetString()!),
        ];
    }
}
