using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Expressions;
using Ringfence.Config.Schema;
using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Filters;

/// <summary>Reads the <c>filters</c> of an invocation, in both forms (CL-16.20, CL-16.30).</summary>
internal sealed class FilterReader(Session session)
{
    /// <summary>The jobs of a matrix have the same filters.</summary>
    private readonly Dictionary<string, NamePattern> _known = new(StringComparer.Ordinal);

    /// <summary>Reads a filter; one that is not valid is reported, and lets nothing through.</summary>
    /// <param name="written">The value as written.</param>
    /// <param name="value">The value with templates filled in.</param>
    /// <param name="bindings">What names mean.</param>
    public JobFilter Read(YamlNode? written, YamlNode? value, Bindings bindings)
    {
        switch (value)
        {
            case null or YamlScalar { IsNull: true }:
                return new JobFilter.None();
            case YamlMapping mapping:
                return ReadMap(mapping);
            case YamlScalar scalar when written is YamlScalar { MayHoldTemplate: true }:
                return new JobFilter.Condition(scalar.Text, new Expression.Literal(ExpressionValue.Boolean(Truth.Of(scalar))));
            case YamlScalar scalar:
                return ReadExpression(scalar, bindings);
            default:
                session.Report(WorkflowCodes.BadFilter, value.Span, $"[filters] expected type: Mapping, found: {value.TypeName}", "Write 'branches:' or 'tags:' below 'filters:', or an expression.");
                return new JobFilter.None();
        }
    }

    private JobFilter ReadExpression(YamlScalar scalar, Bindings bindings)
    {
        var parsed = Expression.Parse(scalar.Text, session.Limits);
        if (parsed.Error is { } error)
        {
            session.Report(
                TemplateCodes.BadExpression, scalar.SpanOf(error.Start, Math.Max(1, error.Length)), error.Message,
                error.Hint ?? "A filter is an expression such as 'pipeline.git.branch == \"main\"', or a map with 'branches' and 'tags'.");
            return new JobFilter.None();
        }

        session.Evaluate(parsed.Expression!, bindings, scalar.Span);
        return new JobFilter.Condition(scalar.Text, parsed.Expression!);
    }

    private JobFilter.Patterns ReadMap(YamlMapping mapping)
    {
        Shape.MentionUnknownKeys(mapping, "filters", ["branches", "tags"], session);
        return new JobFilter.Patterns(ReadPatterns(mapping["branches"], "filters/branches"), ReadPatterns(mapping["tags"], "filters/tags"));
    }

    /// <summary>Reads the <c>only</c> and <c>ignore</c> of branches or tags; null when nothing is written.</summary>
    public NamePatterns? ReadPatterns(YamlNode? node, string path)
    {
        if (node is null or YamlScalar { IsNull: true })
            return null;
        if (node is not YamlMapping mapping)
        {
            session.Report(WorkflowCodes.BadFilter, node.Span, $"[{path}] expected type: Mapping, found: {node.TypeName}", "Write 'only:' or 'ignore:' with the names.");
            return null;
        }

        Shape.CheckKeys(mapping, path, ["only", "ignore"], [], session);
        return new NamePatterns(ReadList(mapping["only"], $"{path}/only"), ReadList(mapping["ignore"], $"{path}/ignore"));
    }

    private ImmutableArray<NamePattern>? ReadList(YamlNode? node, string path)
    {
        switch (node)
        {
            case null or YamlScalar { IsNull: true }:
                return null;
            case YamlScalar scalar:
                return ReadItem(scalar) is { } only ? [only] : [];
            case YamlSequence sequence:
                var patterns = ImmutableArray.CreateBuilder<NamePattern>();
                foreach (var item in sequence.Items)
                {
                    if (item is YamlSequence inner)
                        patterns.AddRange(ReadList(inner, path) ?? []);
                    else if (Shape.Expect(item, ShapeTypes.Text & ~ShapeTypes.Null, path, session) && item is YamlScalar text && ReadItem(text) is { } pattern)
                        patterns.Add(pattern);
                }

                return patterns.ToImmutable();
            default:
                session.Report(WorkflowCodes.BadFilter, node.Span, $"[{path}] expected type: Sequence, found: {node.TypeName}", "Write a name, or a list of names.");
                return null;
        }
    }

    private NamePattern? ReadItem(YamlScalar item)
    {
        if (_known.TryGetValue(item.Text, out var known))
            return known;

        var pattern = NamePattern.Parse(item.Text, out var whyNot);
        if (pattern is not null)
            _known.Add(item.Text, pattern);
        else
            session.Report(WorkflowCodes.BadFilter, item.Span, $"The pattern {ArgumentTypes.Show(item)} is not valid: {whyNot}", "Patterns have no lookaround and no backreferences (CL-16.28); use 'only' with 'ignore', or an expression.");
        return pattern;
    }
}
