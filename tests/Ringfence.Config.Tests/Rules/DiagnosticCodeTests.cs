using System.Reflection;
using System.Text.RegularExpressions;
using Ringfence.Config.Diagnostics;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Rules;

/// <summary>Every code of a diagnostic has one meaning, a test that provokes it, and a section in docs/diagnostics.md.</summary>
public sealed partial class DiagnosticCodeTests
{
    private const string Page = "docs/diagnostics.md";

    private static readonly Lazy<string> Tests = new(() => string.Concat(
        Directory.EnumerateFiles(RepositoryRoot.At("tests"), "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".txt", StringComparison.Ordinal)).Select(File.ReadAllText)));

    [Fact]
    public void Codes_have_one_meaning_each() =>
        Assert.Empty(Declared().CountBy(c => c.Id).Where(e => e.Value > 1).Select(e => e.Key));

    [Fact]
    public void Lists_hold_every_code_of_their_kind()
    {
        foreach (var type in typeof(YamlCodes).Assembly.GetExportedTypes().Where(t => t.Name.EndsWith("Codes", StringComparison.Ordinal)))
        {
            var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Static).ToLookup(p => p.PropertyType == typeof(DiagnosticCode));
            var all = (IReadOnlyList<DiagnosticCode>)Assert.Single(properties[false]).GetValue(null)!;

            Assert.Equal(properties[true].Select(p => ((DiagnosticCode)p.GetValue(null)!).Id).Order(StringComparer.Ordinal), all.Select(c => c.Id).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_code_is_provoked_by_a_test()
    {
        var missing = Declared().Where(c => !Tests.Value.Contains(c.Id, StringComparison.Ordinal) && !Tests.Value.Contains(c.Symbol, StringComparison.Ordinal))
            .Select(c => $"{c.Id} {c.Symbol} ({c.Title})").ToList();

        Assert.True(missing.Count == 0, "No test provokes:\n" + string.Join('\n', missing));
    }

    [Fact]
    public void Every_code_has_a_section_with_its_title()
    {
        var headings = File.ReadLines(RepositoryRoot.At(Page)).Where(line => line.StartsWith("## RF", StringComparison.Ordinal)).Select(line => line[3..]).ToList();

        Assert.Equal(Declared().OrderBy(c => c.Id, StringComparer.Ordinal).Select(c => $"{c.Id} {c.Title}"), headings);
    }

    [Fact]
    public void Every_section_shows_an_example_and_what_to_do()
    {
        var sections = File.ReadAllText(RepositoryRoot.At(Page)).Split("\n## RF")[1..];

        Assert.All(sections, section => Assert.True(
            section.Contains("```", StringComparison.Ordinal) && section.Contains("\n**What to do:** ", StringComparison.Ordinal), "## RF" + section));
    }

    /// <summary>The codes as the sources declare them; those of the command line are in an assembly that these tests do not use.</summary>
    private static List<(string Symbol, string Id, string Title)> Declared() =>
    [
        .. from path in Directory.EnumerateFiles(RepositoryRoot.At("src"), "*Codes.cs", SearchOption.AllDirectories)
           from Match code in Declaration().Matches(File.ReadAllText(path))
           select ($"{Path.GetFileNameWithoutExtension(path)}.{code.Groups[1].Value}", code.Groups[2].Value, code.Groups[3].Value),
    ];

    [GeneratedRegex("""DiagnosticCode (\w+) \{ get; \} = new\("(RF[0-9]{4})", DiagnosticSeverity\.\w+, "([^"]+)"\)""", RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();
}
