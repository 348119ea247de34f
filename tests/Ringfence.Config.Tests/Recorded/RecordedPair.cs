using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Values;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Recorded;

/// <summary>A config and what CircleCI's <c>config process</c> printed for it.</summary>
internal sealed record RecordedPair(string Folder, string Name, string Directory)
{
    /// <summary>All pairs of the corpus, in order; skips the test when the corpus is not here.</summary>
    public static IReadOnlyList<RecordedPair> All() =>
    [
        .. from folder in (string[])["golden", "golden-more"]
           from directory in System.IO.Directory.GetDirectories(Corpus.Require(folder)).Order(StringComparer.Ordinal)
           where File.Exists(Path.Combine(directory, "source.yml"))
           select new RecordedPair(folder, Path.GetFileName(directory), directory),
    ];

    public string Key => $"{Folder}/{Name}";

    private string Source => File.ReadAllText(Path.Combine(Directory, "source.yml"));

    private string Processed => File.ReadAllText(Path.Combine(Directory, "processed.yml"));

    private string Origin => File.ReadAllText(Path.Combine(Directory, "origin.txt"));

    /// <summary>Compiles the pair and says what came of it: <c>same</c>, <c>needs …</c> when orbs are not here, or the first difference.</summary>
    /// <param name="orbSources">A folder of orb sources, or null.</param>
    public string Verdict(string? orbSources)
    {
        var request = new CompileRequest
        {
            Values = PipelineValues.Local(GitFacts.None),
            Orbs = new RecordedOrbs(orbSources, Origin),
        };
        var result = Compiler.Compile(ConfigSource.From(Key, Source), request);
        var errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        if (errors.Length > 0)
        {
            return errors.All(e => e.Code == ReferenceCodes.OrbNotFound)
                ? $"needs {string.Join(", ", errors.Select(e => e.Message.Split(' ')[2]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}"
                : $"refused: {errors[0]}";
        }

        var document = CompiledDocument.ToYaml(result.Pipeline!);
        var leftOut = new HashSet<string>(StringComparer.Ordinal);
        var difference = RecordedYaml.Difference(RecordedYaml.Read(Processed), document, "", Ignores);
        return difference is null ? leftOut.Count == 0 ? "same" : $"same but for {string.Join(", ", leftOut)}" : $"differs: {difference}";

        bool Ignores(string path, string key)
        {
            // The version line of the output was 2.1 for a while. The newest compiler repeats 'requires' as 'upstream'.
            if (path.Length == 0)
                return key == "version";
            return key == "upstream" && path.StartsWith("/workflows/", StringComparison.Ordinal) && leftOut.Add("upstream") | true;
        }
    }
}
