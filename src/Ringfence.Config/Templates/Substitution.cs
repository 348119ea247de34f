using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
    private const string StepsHint = "Steps are put in with a step of their own: '- steps: << parameters.name >>'.";

    private readonly Dictionary<YamlScalar, Template> _templates = new(ReferenceEqualityComparer.Instance);
    private readonly StringBuilder _rendered = new();
    private readonly HashSet<YamlScalar> _mentioned = new(ReferenceEqualityComparer.Instance);

    /// <summary>The node with all values put in.</summary>
    public YamlNode Apply(YamlNode node, Bindings bindings)
    {
        if (!node.MayHoldTemplate)
            return node;
        if (!isOn)
        {
            MentionTemplates(node);
            return node;
        }

        switch (node)
        {
            case YamlScalar scalar:
                return Apply(scalar, bindings);
            case YamlSequence sequence:
                var items = new YamlNode[sequence.Items.Length];
                for (var i = 0; i < items.Length; i++)
                    items[i] = ApplyToData(sequence.Items[i], bindings);
                return new YamlSequence(sequence.Span, ImmutableCollectionsMarshal.AsImmutableArray(items));
            case YamlMapping mapping:
                var entries = new YamlEntry[mapping.Entries.Length];
                for (var i = 0; i < entries.Length; i++)
                    entries[i] = mapping.Entries[i] with { Value = ApplyToData(mapping.Entries[i].Value, bindings) };
                return new YamlMapping(mapping.Span, ImmutableCollectionsMarshal.AsImmutableArray(entries));
            default:
                return node;
        }
    }

    /// <summary>The same where only data can stand: an executor is written by its name, and steps are refused.</summary>
    public YamlNode ApplyToData(YamlNode node, Bindings bindings)
    {
        var value = Apply(node, bindings);
        if (value is BoundExecutor executor)
            return executor.Name;
        if (value is not BoundSteps)
            return value;
        session.Report(TemplateCodes.NotText, node.Span, "A sequence of steps cannot stand here", StepsHint);
        return YamlScalar.Unknown(node.Span);
    }

    /// <summary>Whether a scalar is one <c>&lt;&lt; … &gt;&gt;</c> and nothing else.</summary>
    public bool IsWhole(YamlScalar scalar) => isOn && scalar.MayHoldTemplate && TemplateOf(scalar).IsWhole;

    private YamlNode Apply(YamlScalar scalar, Bindings bindings)
    {
        if (scalar.IsNull)
            return scalar;
        var template = TemplateOf(scalar);
        if (template.IsBroken)
            return YamlScalar.Unknown(scalar.Span);
        if (template.IsWhole)
        {
            var part = template.Parts.First(p => p is not TemplatePart.Text);
            var value = Value(part, scalar, bindings) ?? YamlScalar.Unknown(scalar.Span);
            return value is YamlScalar text ? text.WithoutTemplate() : value;
        }

        _rendered.Clear();
        Render(template.Parts, scalar, bindings, _rendered);
        return new YamlScalar(scalar.Span, _rendered.ToString(), ScalarKind.String, scalar.Style).WithoutTemplate();
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
                    var condition = Find(section.Name, part, scalar, bindings);
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
                    StepsHint);
                return "";
        }
    }

    private YamlNode? Value(TemplatePart part, YamlScalar scalar, Bindings bindings)
    {
        if (part is TemplatePart.Reference reference)
            return Find(reference.Name, part, scalar, bindings);

        var expression = ((TemplatePart.Evaluated)part).Expression;
        if (expression is Expression.Variable variable)
            return Find(variable.Name, part, scalar, bindings);
        return Evaluate(expression, part, scalar, bindings);
    }

    /// <summary>Apart from the look-up of a plain name, which is what most templates are: that one needs no closure.</summary>
    private YamlScalar? Evaluate(Expression expression, TemplatePart part, YamlScalar scalar, Bindings bindings)
    {
        return session.Evaluate(expression, bindings, () => SpanOf(part, scalar)) is { } value ? Bindings.ToNode(value, scalar.Span) : null;
    }

    /// <summary>The place is only worked out for a message: in a long script that takes time.</summary>
    private YamlNode? Find(string name, TemplatePart part, YamlScalar scalar, Bindings bindings)
    {
        var value = bindings.Find(name, scalar.Span);
        if (value is null)
            session.ReportUnknown(name, SpanOf(part, scalar), bindings);
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

    /// <summary>Says where a file of an older version, whose texts stay as they are, would be read otherwise in 2.1 (CL-1.11, CL-1.12).</summary>
    private void MentionTemplates(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { MayHoldTemplate: true } scalar when _mentioned.Add(scalar):
                var problems = new List<TemplateProblem>();
                var parts = TemplateParser.Parse(scalar.Text, session.Limits, problems).Parts;
                var starts = problems.Select(p => p.Start).Concat(parts.Where(p => p is not TemplatePart.Text).Select(p => p.Start)).ToArray();
                if (starts.Length > 0)
                    session.Report(TemplateCodes.TemplateInOldVersion, scalar.SpanOf(scalar.Text.LastIndexOf("<<", starts.Min() + 1, StringComparison.Ordinal), 2), "Version 2.1 reads this '<<' as the start of '<< … >>'; here it is plain text", "Escape it as '\\<<' and use --next, which holds the file to the rules of 2.1 as CircleCI does since August 2026.");
                break;
            case YamlSequence { MayHoldTemplate: true } sequence:
                foreach (var item in sequence.Items)
                    MentionTemplates(item);
                break;
            case YamlMapping { MayHoldTemplate: true } mapping:
                foreach (var entry in mapping.Entries)
                    MentionTemplates(entry.Value);
                break;
        }
    }

    private static SourceSpan SpanOf(TemplatePart part, YamlScalar scalar) => scalar.SpanOf(part.Start, part.Length);
}
