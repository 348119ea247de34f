using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Schema;
using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation;

/// <summary>Turns a list of steps into steps that an agent can run: commands are written out, conditions decided, parameters put in (CL-9, CL-13, CL-14).</summary>
internal sealed class StepExpander(Expansion expansion)
{
    private readonly Session _session = expansion.Session;
    private readonly List<Element> _open = [];
    private readonly HashSet<YamlScalar> _unknown = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<YamlScalar, Written> _written = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    /// <summary>A step in which nothing had to be put in, with its size: each further call of its command gives the same one.</summary>
    private sealed record Written(YamlNode Value, string Command, YamlMapping Step, int Size);

    // By the node itself: steps that look the same may come from different commands.
    private readonly Dictionary<YamlNode, string> _commands = new(ReferenceEqualityComparer.Instance);

    /// <summary>The command in whose declaration a step stands that was given here; empty when it stands in none.</summary>
    public string CommandOf(YamlNode step) => _commands.GetValueOrDefault(step, "");

    /// <summary>Expands the steps of a list, or a single step (CL-14.5), and appends the result.</summary>
    public void Expand(YamlNode steps, CallSite site, List<YamlNode> into)
    {
        if (steps is YamlScalar { MayHoldTemplate: true } && expansion.Substitution.Apply(steps, site.Bindings) is BoundSteps bound)
        {
            into.AddRange(bound.Steps);
            return;
        }

        if (steps is not YamlSequence sequence)
        {
            if (steps is YamlScalar { IsNull: true })
                return;
            ExpandOne(steps, site, into);
            return;
        }

        if (++_depth > _session.Limits.StepNesting)
            _session.Stop(StructureCodes.TooMany, steps.Span, $"Steps are nested more than {_session.Limits.StepNesting} deep", "Use fewer conditions and commands inside of each other.");
        foreach (var step in sequence.Items)
        {
            if (_session.IsOver)
                break;
            ExpandOne(step, site, into);
        }

        _depth--;
    }

    private void ExpandOne(YamlNode step, CallSite site, List<YamlNode> into)
    {
        switch (step)
        {
            case YamlScalar { Kind: ScalarKind.String, MayHoldTemplate: false } name:
                ExpandNamed(name, null, site, into);
                break;
            case YamlScalar { Kind: ScalarKind.String } name:
                ExpandFilledIn(name, expansion.Substitution.Apply(name, site.Bindings), site, into);
                break;
            case YamlMapping { Entries: [var only] }:
                ExpandNamed(only.Key, only.Value, site, into);
                break;
            default:
                StepShape.ReportNotAStep(step, "", _session);
                break;
        }
    }

    /// <summary>Configs in use put names together, as in <c>install-deps-&lt;&lt; parameters.os &gt;&gt;</c>, and put steps in without <c>steps:</c>.</summary>
    private void ExpandFilledIn(YamlScalar written, YamlNode value, CallSite site, List<YamlNode> into)
    {
        if (value is BoundSteps)
            Splice(written, site, into);
        else if (value is YamlScalar { Kind: ScalarKind.String } name)
            ExpandNamed(name, null, site, into);
        else if (value is not YamlScalar { IsNull: true })
            StepShape.ReportNotAStep(value, "", _session);
    }

    private void ExpandNamed(YamlScalar name, YamlNode? value, CallSite site, List<YamlNode> into)
    {
        var search = site.Scope.Find(ElementKind.Command, name.Text);
        if (search.Element is { } command)
            ExpandCommand(command, name, value, site, into);
        else if (search.IsReportedAlready)
            return;
        else if (name.Text is "when" or "unless" && value is not null)
            ExpandCondition(name, value, site, into);
        else if (name.Text is "steps" && value is not null)
            Splice(value, site, into);
        else if (StepShape.IsBuiltIn(name.Text))
            Emit(name, value, site, into);
        else
            ReportUnknown(name, search, site.Scope);
    }

    private void ReportUnknown(YamlScalar name, ElementSearch search, ElementScope scope)
    {
        // An unknown name is met again for each job of a matrix.
        if (!_unknown.Add(name))
            return;
        if (search.UnknownOrb is { } orb)
        {
            _session.Report(
                ReferenceCodes.UnknownOrb, name.Span, $"Cannot find orb '{orb}' looking for command named '{name.Text}'",
                Spelling.DidYouMean(orb, scope.Orbs.Keys, $"Import it under 'orbs:' as '{orb}: namespace/name@version'."));
            return;
        }

        _session.Report(
            ReferenceCodes.UnknownCommand, name.Span, $"Cannot find a definition for command named {name.Text}",
            Spelling.DidYouMean(name.Text, scope.AllNames(ElementKind.Command).Concat(StepShape.BuiltIns), "Define it under 'commands:', or use a built-in step."));
    }

    private void ExpandCommand(Element command, YamlScalar name, YamlNode? value, CallSite site, List<YamlNode> into)
    {
        if (_open.Contains(command) || _open.Count >= _session.Limits.CallDepth)
        {
            _session.Stop(ReferenceCodes.Recursion, name.Span, $"The command '{name.Text}' calls itself", "Remove the call from the command, or from the commands that it calls.");
            return;
        }

        if (value is not (null or YamlMapping or YamlScalar { IsNull: true }))
        {
            _session.Report(
                StructureCodes.WrongType, value.Span, $"Command '{name.Text}': expected type: Mapping, found: {value.TypeName}",
                command.Parameters.IsEmpty ? "Write the name alone: the command takes no arguments." : $"Write the arguments as a map, such as '{command.Parameters[0].Name}: …'.");
            return;
        }

        _session.Enter("command", name.Text, name.Span);
        _open.Add(command);
        ImmutableArray<YamlEntry> arguments = value is YamlMapping mapping ? mapping.Entries : [];
        if (expansion.Binder.Bind(command, arguments, site, name.Span) is { } bindings && command.Body["steps"] is { } steps)
            Expand(steps, new CallSite(command.Scope, bindings) { Command = command.FullName }, into);
        _open.RemoveAt(_open.Count - 1);
        _session.Leave();
    }

    private void ExpandCondition(YamlScalar name, YamlNode value, CallSite site, List<YamlNode> into)
    {
        if (!StepShape.CheckCondition(name, value, _session))
            return;

        var body = (YamlMapping)value;
        var condition = body["condition"]!;
        if (condition is YamlScalar { Kind: ScalarKind.String, MayHoldTemplate: false, Text.Length: > 0 } text)
        {
            _session.Report(
                TemplateCodes.AlwaysTrue, condition.Span, "A text is always true as a condition",
                text.Text.Contains("pipeline.", StringComparison.Ordinal) ? "Steps take logic statements, not expressions (CL-7.2); put it in '<< >>' to evaluate it." : "Use a logic statement such as 'equal:', or '<< parameters.name >>'.");
        }

        if (expansion.Logic.Holds(condition, site.Bindings) == name.Text is "when")
            Expand(body["steps"]!, site, into);
    }

    /// <summary><c>- steps: &lt;&lt; parameters.p &gt;&gt;</c> (CL-5.13).</summary>
    private void Splice(YamlNode value, CallSite site, List<YamlNode> into)
    {
        if (value is YamlSequence)
        {
            Expand(value, site, into);
            return;
        }

        var steps = expansion.Substitution.Apply(value, site.Bindings);
        if (steps is BoundSteps bound)
        {
            foreach (var step in bound.Steps)
                _session.CountStep(value.Span, 1);
            into.AddRange(bound.Steps);
            return;
        }

        if (steps is not YamlScalar { IsNull: true })
            _session.Report(StructureCodes.WrongType, value.Span, $"'steps' expected type: Sequence, found: {steps.TypeName}", "Give it a parameter of type 'steps'.");
    }

    private void Emit(YamlScalar name, YamlNode? value, CallSite site, List<YamlNode> into)
    {
        if (value is null)
        {
            StepShape.Check(name, null, _session);
            _session.CountStep(name.Span, name.Text.Length);
            Add(new YamlScalar(name.Span, name.Text, ScalarKind.String, ScalarStyle.Plain), site, into);
            return;
        }

        // The check is done already then, and would only say the same again.
        if (_written.TryGetValue(name, out var known) && ReferenceEquals(known.Value, value) && known.Command == site.Command)
        {
            _session.CountStep(name.Span, known.Size);
            into.Add(known.Step);
            return;
        }

        var final = expansion.Substitution.ApplyToData(value, site.Bindings);
        var isAsWritten = ReferenceEquals(final, value);
        StepShape.Check(name, final, _session);
        if (name.Text is "run" or "deploy" && final is YamlScalar { IsNull: false } command)
        {
            // CL-2.6: the short form becomes the long one.
            var key = YamlScalar.String("command", command.Span);
            final = new YamlMapping(command.Span, [new YamlEntry(key, command)]);
        }

        var (step, size) = (new YamlMapping(name.Span, [new YamlEntry(name, final)]), SizeOf(final));
        if (isAsWritten && !value.MayHoldTemplate)
            _written[name] = new Written(value, site.Command, step, size);
        _session.CountStep(name.Span, size);
        Add(step, site, into);
    }

    private void Add(YamlNode step, CallSite site, List<YamlNode> into)
    {
        if (site.Command.Length > 0)
            _commands[step] = site.Command;
        into.Add(step);
    }

    private static int SizeOf(YamlNode node)
    {
        var size = 4;
        switch (node)
        {
            case YamlScalar scalar:
                return scalar.Text.Length + 10;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                    size += SizeOf(item);
                return size;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                    size += entry.Name.Length + SizeOf(entry.Value);
                return size;
            default:
                return size;
        }
    }
}
