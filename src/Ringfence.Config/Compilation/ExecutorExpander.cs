using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>Turns a reference to an executor into the keys that it gives to a job (CL-10).</summary>
internal sealed class ExecutorExpander(Expansion expansion)
{
    private readonly Session _session = expansion.Session;

    /// <summary>The keys of an executor with all values put in; null when it is not valid, which is reported.</summary>
    /// <param name="reference">What stands after <c>executor:</c>.</param>
    /// <param name="site">Where it stands.</param>
    public ImmutableArray<YamlEntry>? Expand(YamlNode reference, CallSite site)
    {
        // Arguments may hold templates, so only the name is put in here; Bind does the rest.
        var value = reference is YamlMapping ? reference : expansion.Substitution.Apply(reference, site.Bindings);
        if (value is BoundExecutor bound)
            (value, site) = (bound.Reference, site with { Scope = bound.Scope });

        YamlScalar? name;
        ImmutableArray<YamlEntry> arguments = [];
        switch (value)
        {
            case YamlScalar { Kind: ScalarKind.String } scalar:
                name = scalar;
                break;
            case YamlMapping mapping when mapping["name"] is { } written:
                var given = expansion.Substitution.Apply(written, site.Bindings);
                if (given is BoundExecutor inner)
                    (given, site) = (inner.Name, site with { Scope = inner.Scope });
                name = given as YamlScalar;
                arguments = [.. mapping.Entries.Where(e => e.Name is not "name")];
                break;
            case YamlMapping mapping:
                _session.Report(StructureCodes.MissingKey, mapping.Span, "Missing executor name", "Write 'name: …' beside the arguments.");
                return null;
            case YamlScalar { IsNull: true } when reference.MayHoldTemplate:
                return null;
            default:
                name = null;
                break;
        }

        if (name is not { Kind: ScalarKind.String })
        {
            _session.Report(StructureCodes.WrongType, reference.Span, $"expected type: String, found: {value.TypeName}", "An executor is referred to by its name, or by a map with 'name' and arguments.");
            return null;
        }

        return Find(name, site.Scope).Element is { } element ? ExpandElement(element, arguments, site, name.Span) : null;
    }

    /// <summary>Finds an executor, and reports it when there is none.</summary>
    public ElementSearch Find(YamlScalar name, ElementScope scope)
    {
        var search = scope.Find(ElementKind.Executor, name.Text);
        if (search.Element is not null || search.IsReportedAlready)
            return search;

        if (search.UnknownOrb is { } orb)
        {
            _session.Report(
                ReferenceCodes.UnknownOrb, name.Span, $"Cannot find orb '{orb}' looking for executor named '{name.Text}'",
                Spelling.DidYouMean(orb, scope.Orbs.Keys, $"Import it under 'orbs:' as '{orb}: namespace/name@version'."));
        }
        else
        {
            _session.Report(
                ReferenceCodes.UnknownExecutor, name.Span, $"Cannot find a definition for executor named {name.Text}",
                Spelling.DidYouMean(name.Text, scope.AllNames(ElementKind.Executor), "Define it under 'executors:'."));
        }

        return search;
    }

    private ImmutableArray<YamlEntry>? ExpandElement(Element element, ImmutableArray<YamlEntry> arguments, CallSite site, SourceSpan at)
    {
        _session.Enter("executor", element.Name, at);
        try
        {
            if (expansion.Binder.Bind(element, arguments, site, at) is not { } bindings)
                return null;

            var keys = ImmutableArray.CreateBuilder<YamlEntry>();
            foreach (var entry in element.Body.Entries)
            {
                if (entry.Name is "parameters" or "description")
                    continue;
                var value = expansion.Substitution.ApplyToData(entry.Value, bindings);
                if (entry.Name is "machine" && value is YamlMapping machine)
                    LiftOutOfMachine(entry.Key, machine, element.Body, keys);
                else
                    keys.Add(entry with { Value = value });
            }

            return keys.ToImmutable();
        }
        finally
        {
            _session.Leave();
        }
    }

    /// <summary><c>resource_class</c> and <c>shell</c> inside of <c>machine</c> become keys of the job (CL-12.8; seen in CircleCI's output).</summary>
    private static void LiftOutOfMachine(YamlScalar key, YamlMapping machine, YamlMapping executor, ImmutableArray<YamlEntry>.Builder keys)
    {
        keys.Add(new YamlEntry(key, new YamlMapping(machine.Span, [.. machine.Entries.Where(e => e.Name is not ("resource_class" or "shell"))])));
        foreach (var lifted in machine.Entries.Where(e => e.Name is "resource_class" or "shell"))
        {
            if (!executor.Has(lifted.Name))
                keys.Add(lifted);
        }
    }
}
