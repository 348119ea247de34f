using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Values;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Recorded;

/// <summary>
/// Real configs, examples of the documentation, and files that are no YAML: each compiles, or is refused for a reason that a person wrote
/// into <c>refused.tsv</c>. A missing orb is no refusal: everything up to it is checked.
/// </summary>
public sealed class VerdictsTests
{
    private const string Reasons = "tests/Ringfence.Config.Tests/Recorded/refused.tsv";

    private static readonly GitFacts Git = new()
    {
        Branch = "main",
        Revision = "0123456789abcdef0123456789abcdef01234567",
        RepositoryUrl = "https://github.com/acme/app",
        RepositoryOwner = "acme",
        RepositoryName = "app",
    };

    [Theory]
    [InlineData("configs")]
    [InlineData("docs-examples")]
    [InlineData("invalid")]
    public void Compiles_or_refuses_each_file_for_a_reason_that_is_written_down(string folder)
    {
        var expected = File.ReadAllLines(RepositoryRoot.At(Reasons)).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'))
            .Where(f => f[0].StartsWith(folder + "/", StringComparison.Ordinal))
            .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var file in Directory.GetFiles(Corpus.Require(folder), "*.yml").Order(StringComparer.Ordinal))
        {
            var key = $"{folder}/{Path.GetFileName(file)}";
            var codes = ErrorCodes(key, File.ReadAllText(file));
            var known = expected.GetValueOrDefault(key, "");
            if (codes != known)
                wrong.Add($"{key}: found '{codes}', written down '{known}'");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Gives_each_refusal_a_reason()
    {
        var bare = File.ReadAllLines(RepositoryRoot.At(Reasons)).Where(l => l.Length > 0 && l[0] != '#')
            .Where(l => l.Split('\t') is not [_, { Length: > 0 }, { Length: > 10 }]);
        Assert.Empty(bare);
    }

    private static string ErrorCodes(string key, string text)
    {
        var result = Compiler.Compile(ConfigSource.From(key, text), new CompileRequest { Values = PipelineValues.Local(Git) });
        return string.Join(",", result.Diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Error && d.Code != ReferenceCodes.OrbNotFound)
            .Select(d => d.Code.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}
