using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.YamlReading;

/// <summary>Configs in public repositories that were committed although they are not YAML.</summary>
[Rule("CL-1.3")]
public sealed class InvalidConfigsTests
{
    [Fact]
    public void Each_is_refused_near_the_line_and_with_a_hint_of_its_own()
    {
        var folder = Corpus.Require("invalid");
        var rows = File.ReadAllLines(Path.Combine(folder, "index.tsv")).Skip(1).Select(line => line.Split('\t')).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var problems = new DiagnosticBag();
            YamlReader.Read(new SourceText(row[0], File.ReadAllText(Path.Combine(folder, row[0]))), problems, Limits.Default);
            var problem = Assert.Single(problems.ToImmutable());

            Assert.StartsWith("Unable to parse YAML: ", problem.Message, StringComparison.Ordinal);
            Assert.InRange(problem.Span.Position.Line, int.Parse(row[4], null) - 3, int.Parse(row[4], null));
            Assert.DoesNotContain("Check the indentation", problem.Hint, StringComparison.Ordinal);
        });
    }
}
