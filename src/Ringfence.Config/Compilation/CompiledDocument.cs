using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>The compiled config as a version 2 document, as <c>circleci config process</c> prints it (CL-2.3).</summary>
public static class CompiledDocument
{
    /// <summary>The document: <c>version</c>, <c>jobs</c>, <c>workflows</c>. Keys keep the order of the source, so that two versions can be compared.</summary>
    public static YamlMapping ToYaml(CompiledPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        entries.Add(Entry("version", Number(2)));
        entries.Add(Entry("jobs", new YamlMapping(SourceSpan.None, [.. pipeline.Jobs.Select(j => Entry(j.Name, j.Body))])));
        entries.Add(Entry("workflows", Workflows(pipeline)));
        return new YamlMapping(SourceSpan.None, entries.ToImmutable());
    }

    /// <summary>The digest of the document as it is written: the same config, values and orbs always give the same one.</summary>
    public static Digest DigestOf(CompiledPipeline pipeline) => Digest.Of(Encoding.UTF8.GetBytes(YamlWriter.Write(ToYaml(pipeline))));

    private static YamlMapping Workflows(CompiledPipeline pipeline)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        entries.Add(Entry("version", Number(2)));
        foreach (var workflow in pipeline.Workflows)
            entries.Add(Entry(workflow.Name, Workflow(workflow)));
        return new YamlMapping(SourceSpan.None, entries.ToImmutable());
    }

    private static YamlMapping Workflow(CompiledWorkflow workflow)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        if (workflow.MaxAutoReruns > 0)
            entries.Add(Entry("max_auto_reruns", Number(workflow.MaxAutoReruns)));
        if (workflow.Triggers is { } triggers)
            entries.Add(Entry("triggers", triggers));
        entries.Add(Entry("jobs", new YamlSequence(SourceSpan.None, [.. workflow.Jobs.Select(Invocation)])));
        return new YamlMapping(SourceSpan.None, entries.ToImmutable());
    }

    private static YamlNode Invocation(CompiledInvocation job) => job.Keys.Entries.IsEmpty
        ? YamlScalar.String(job.Name, job.Span)
        : new YamlMapping(job.Span, [Entry(job.Name, job.Keys)]);

    private static YamlEntry Entry(string name, YamlNode value) => new(YamlScalar.String(name, SourceSpan.None), value);

    private static YamlScalar Number(int value) =>
        new(SourceSpan.None, value.ToString(CultureInfo.InvariantCulture), ScalarKind.Integer, ScalarStyle.Plain);
}
