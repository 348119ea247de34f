using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Values;
using Ringfence.Config.Yaml;

namespace Ringfence.Fuzz.Targets;

/// <summary>The whole compiler: any text is compiled or refused with a reason, and a compiled document compiles to itself.</summary>
internal sealed class CompilerTarget : FuzzTarget
{
    private static readonly CompileRequest Request = new()
    {
        Values = PipelineValues.Local(new GitFacts { Branch = "main", RepositoryUrl = "https://github.com/acme/app", RepositoryOwner = "acme", RepositoryName = "app" }),
    };

    public override string Name => "compiler";

    public override IReadOnlyList<string> Words { get; } = [.. Mutation.Words.Config, .. Mutation.Words.Config, .. Mutation.Words.Template, .. Mutation.Words.Template, .. Mutation.Words.Yaml];

    public override int MostCharacters => 16 * 1024;

    protected override Observation Observe(string input)
    {
        var result = Compiler.Compile(ConfigSource.From("input.yml", input), Request);
        var document = result.Pipeline is { } pipeline ? CompiledDocument.ToYaml(pipeline) : null;
        var written = document is null ? "" : YamlWriter.Write(document);
        var seen = new Observation(
            $"{result.IsValid} {Places.Signature(result.Diagnostics)} {Observation.SizeClass(written.Length) / 2}",
            string.Join('\n', result.Diagnostics) + "\n" + written);
        Places.Check(result.Diagnostics, input.Length, seen);
        if (!result.IsValid && !result.Diagnostics.Any(d => d.Severity == Primitives.DiagnosticSeverity.Error))
            seen.Broken("refused without a reason", "");
        if (document is null)
            return seen;

        YamlTarget.CheckRereads(document, written, seen);
        CheckTemplates(document, input, seen);
        CheckCompilesToItself(document, written, seen);
        return seen;
    }

    /// <summary>Nothing is left to put in, unless the source escapes it, or takes <c>&lt;</c> apart.</summary>
    private static void CheckTemplates(YamlMapping document, string input, Observation seen)
    {
        if (!input.StartsWith("version: 2.1\n", StringComparison.Ordinal) || input.Contains('\\', StringComparison.Ordinal) || input.Contains("<<<", StringComparison.Ordinal) || input.Contains("><", StringComparison.Ordinal))
            return;
        if (Left(document) is { } left)
            seen.Broken("template left", left);
    }

    private static string? Left(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.MayHoldTemplate ? scalar.Text : null,
        YamlSequence sequence => sequence.Items.Select(Left).FirstOrDefault(l => l is not null),
        YamlMapping mapping => mapping.Entries.Select(e => Left(e.Value)).FirstOrDefault(l => l is not null),
        _ => null,
    };

    private static void CheckCompilesToItself(YamlMapping document, string written, Observation seen)
    {
        var again = Compiler.Compile(ConfigSource.From("written.yml", written), Request);
        if (again.Pipeline is null)
        {
            var first = again.Diagnostics.First(d => d.Severity == Primitives.DiagnosticSeverity.Error);
            seen.Broken($"compiled document is refused: {first.Code.Id}", $"{first}\n{written}");
        }
        else if (CompiledDocument.ToYaml(again.Pipeline) is var second && !YamlEquality.SameData(document, second))
        {
            seen.Broken("compiled document compiles to another", Difference(written, YamlWriter.Write(second)));
        }
    }
}
