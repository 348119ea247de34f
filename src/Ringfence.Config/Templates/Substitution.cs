using System.Collections.Immutable;
using System.Text;
using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Expressions;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Templates;

/// <summary>
/// Puts values in the place of <c>&lt;&lt; … &gt;&gt;</c>. A single pass: what was put in is never read again (CL-6.14), and keys stay
/// as they are (CL-6.9). A node without anything to replace is given back itself.
/// </summary>
internal sealed class Substitution(Session session, bool isOn)
{
    private readonly Dictionary<YamlScalar, Template> _templates = new(ReferenceEqualityComparer.Instance);

    /// <summary>The node with all values put in.</summary>
    public YamlNode Apply(YamlNode node, Bindings bindings)
    {
        if (!isOn || !node.MayHoldTemplate)
            return node;

        switch (node)
        {
            case YamlScalar scalar:
                return Apply(scalar, bindings);
            case YamlSequence sequence:
                var items = ImmutableArray.CreateBuilder<YamlNode>(sequence.Items.Length);
                foreach (var item in sequence.Items)
                    items.Add(Apply(item, bindings));
                return new YamlSequence(sequence.Span, items.MoveToImmutable());
            case YamlMapping mapping:
                var entries = ImmutableArray.CreateBuilder<YamlEntry>(mapping.Entries.Length);
                foreach (var entry in mapping.Entries)
                    entries.Add(entry with { Value = Apply(entry.Value, bindings) });
                return new YamlMapping(mapping.Span, entries.MoveToImmutable());
            default:
                return node;
        }
    }

    /// <summary>Whether a scalar is one <c>&lt;&lt; … &gt;&gt;</c> and nothing else.</summary>
    public bool IsWhole(YamlScalar scalar) => isOn && scalar.MayHoldTemplate && TemplateOf(scalar).IsWhole;

    private YamlNode Apply(YamlScalar scalar, Bindings bindings)
    {
        var template = TemplateOf(scalar);
        if (template.IsWhole)
        {
            var part = template.Parts.First(p => p is not TemplatePart.Text);
            return Value(part, scalar, bindings) ?? YamlScalar.Null(scalar.Span);
        }

        var text = new StringBuilder(scalar.Text.Length);
        Render(template.Parts, scalar, bindings, text);
        return new YamlScalar(scalar.Span, text.ToString(), ScalarKind.String, scalar.Style);
    }

    private void Render(ImmutableArray<TemplatePart> parts, YamlScalar scalar, Bindings bindings, StringBuilder into)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case TemplatePart.Text text:
                    into.Append(text.Value);
                    break;
                case TemplatePart.Section section:
                    var condition = Find(section.Name, SpanOf(part, scalar), bindings);
                    if (condition is not null && Truth.Of(condition) != section.Inverted)
                        Render(section.Inner, scalar, bindings, into);
                    break;
                default:
                    if (Value(part, scalar, bindings) is { } value)
                        into.Append(Text(value, part, scalar));
                    break;
            }

            if (into.Length > session.Limits.CompiledCharacters)
            {
                session.Report(StructureCodes.TooLarge, scalar.Span, "A compiled config YAML must be at most 8MB", "The text grows beyond that when its parameters are put in.");
                return;
            }
        }
    }

    private string Text(YamlNode value, TemplatePart part, YamlScalar scalar)
    {
        switch (value)
        {
            case YamlScalar { IsNull: true }:
                return "<nil>";
            case YamlScalar text:
                return text.Text;
            case BoundExecutor executor:
                return executor.Name.Text;
            default:
                session.Report(
                    TemplateCodes.NotText,
                    SpanOf(part, scalar),
                    $"A {value.TypeName.ToLowerInvariant()} cannot stand inside a text",
                    "Steps are put in with a step of their own: '- steps: << parameters.name >>'.");
                return "";
        }
    }

    private YamlNode? Value(TemplatePart part, YamlScalar scalar, Bindings bindings)
    {
        if (part is TemplatePart.Reference reference)
            return Find(reference.Name, SpanOf(part, scalar), bindings);

        var expression = ((TemplatePart.Evaluated)part).Expression;
        if (expression is Expression.Variable variable)
            return Find(variable.Name, SpanOf(part, scalar), bindings);
        return session.Evaluate(expression, bindings, SpanOf(part, scalar)) is { } value ? Bindings.ToNode(value, scalar.Span) : null;
    }

    private YamlNode? Find(string name, SourceSpan at, Bindings bindings)
    {
        var value = bindings.Find(name, at);
        if (value is null)
            session.ReportUnknown(name, at, bindings);
        return value;
    }

    private Template TemplateOf(YamlScalar scalar)
    {
        if (_templates.TryGetValue(scalar, out var known))
            return known;

        var problems = new List<TemplateProblem>();
        var template = TemplateParser.Parse(scalar.Text, session.Limits, problems);
        foreach (var problem in problems)
            session.Report(problem.Code, scalar.SpanOf(problem.Start, problem.Length), problem.Message, problem.Hint);
        _templates[scalar] = template;
        return template;
    }

    private static SourceSpan SpanOf(TemplatePart part, YamlScalar scalar) => scalar.SpanOf(part.Start, part.Length);
}
