using Ringfence.Config.Compilation;
using Ringfence.Config.Values;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Samples;

/// <summary>The sample configs that the README shows.</summary>
public sealed class SamplesTests
{
    [Fact]
    public void The_tour_compiles_without_a_remark()
    {
        var result = Compile("tour");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            ["lint", "test-firefox-20.10", "test-firefox-22.1", "test-chrome-22.1", "approve", "publish/lock", "publish", "publish/unlock"],
            result.Pipeline!.Workflows.Single().Jobs.Select(j => j.Name));
        Assert.Equal("nightly", result.Pipeline.Skipped.Single().Name);
    }

    [Fact]
    public void The_mistakes_are_all_found_in_one_run()
    {
        var errors = Compile("mistakes").Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Code.Id);
        Assert.Equal(["RF4008", "RF4001", "RF2001", "RF4006", "RF5001"], errors);
    }

    private static CompilationResult Compile(string sample)
    {
        var path = $"samples/{sample}/.circleci/config.yml";
        return Compiler.Compile(
            ConfigSource.From(path, File.ReadAllText(RepositoryRoot.At(path))),
            new CompileRequest { Values = PipelineValues.Local(new GitFacts { Branch = "main" }) });
    }
}
