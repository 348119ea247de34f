using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Schema;
using Ringfence.Config.Templates;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Orbs;

/// <summary>Reads the <c>orbs</c> of a document: finds registry and URL orbs, takes inline orbs as they are, and imports what they import (CL-15).</summary>
internal sealed class OrbImporter(Session session, Substitution substitution)
{
    private readonly Dictionary<string, ElementScope?> _known = new(StringComparer.Ordinal);
    private readonly List<OrbResolution> _resolutions = [];
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _urlOrbs;

    /// <summary>What each reference came to mean, in the order of the file.</summary>
    public ImmutableArray<OrbResolution> Resolutions => [.. _resolutions];

    /// <summary>Imports the orbs of a project.</summary>
    public void ImportInto(ElementScope scope, Bindings bindings) => ImportInto(scope, bindings, 0);

    private void ImportInto(ElementScope scope, Bindings bindings, int depth)
    {
        if (scope.Document["orbs"] is not { } node || node is YamlScalar { IsNull: true })
            return;
        if (!Shape.Expect(node, ShapeTypes.Mapping, "#/orbs", session) || node is not YamlMapping orbs)
            return;

        foreach (var entry in orbs.Entries)
            scope.Import(entry.Name, ImportOne(entry, bindings, depth));
    }

    private ElementScope? ImportOne(YamlEntry entry, Bindings bindings, int depth)
    {
        if (depth >= session.Limits.OrbDepth)
        {
            session.Report(ReferenceCodes.OrbNesting, entry.Key.Span, $"Orbs are nested more than {session.Limits.OrbDepth} deep", "Import what you need directly.");
            return null;
        }

        if (entry.Value is YamlMapping inline)
            return ImportInline(entry, inline, bindings, depth);
        if (substitution.Apply(entry.Value, bindings) is YamlScalar { Kind: ScalarKind.String } text)
            return ImportReference(text, entry.Value.Span, bindings, depth);

        if (!entry.Value.MayHoldTemplate)
            session.Report(ReferenceCodes.BadOrbReference, entry.Key.Span, $"[#/orbs/{entry.Name}] expected type: String, found: {entry.Value.TypeName}", "Write 'namespace/orb@version', a URL, or the orb itself.");
        return null;
    }

    private ElementScope ImportInline(YamlEntry entry, YamlMapping body, Bindings bindings, int depth)
    {
        var scope = new ElementScope(session, entry.Name, body);
        Shape.MentionUnknownKeys(
            body, $"#/orbs/{entry.Name}", ["version", "description", "display", "orbs", "commands", "executors", "jobs", "examples"], session);
        ImportInto(scope, bindings with { SeesPipelineParameters = false }, depth + 1);
        DocumentShape.Check(scope, session, true);
        return scope;
    }

    private ElementScope? ImportReference(YamlScalar text, SourceSpan at, Bindings bindings, int depth)
    {
        if (!OrbReference.TryParse(text.Text, out var reference, out var whyNot))
        {
            session.Report(ReferenceCodes.BadOrbReference, at, $"'{ArgumentTypes.Show(text)}' is not a reference to an orb", whyNot);
            return null;
        }

        if (reference is OrbReference.Url && ++_urlOrbs > session.Limits.UrlOrbs)
        {
            session.Report(ReferenceCodes.OrbRefused, at, $"There are more than {session.Limits.UrlOrbs} URL orbs", "Use fewer, or orbs of a registry.");
            return null;
        }

        switch (session.Request.Orbs.Find(reference))
        {
            case OrbLookup.Found found:
                Remember(new OrbResolution(text.Text, found.Resolved, found.Digest));
                return Load(found, at, bindings, depth);
            case OrbLookup.Missing missing:
                session.Report(
                    ReferenceCodes.OrbNotFound, at,
                    $"Cannot find {text.Text} in the orb registry. Check that the namespace, orb name and version are correct.", missing.Hint);
                return null;
            case OrbLookup.Refused refused:
                session.Report(ReferenceCodes.OrbRefused, at, refused.Reason, refused.Hint);
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Remember(OrbResolution resolution)
    {
        if (!_resolutions.Contains(resolution))
            _resolutions.Add(resolution);
    }

    private ElementScope? Load(OrbLookup.Found found, SourceSpan at, Bindings bindings, int depth)
    {
        if (_known.TryGetValue(found.Resolved, out var known))
            return known;
        if (!_open.Add(found.Resolved))
        {
            session.Report(ReferenceCodes.OrbNesting, at, $"The orb {found.Resolved} imports itself", "Ask its author to remove the import.");
            return null;
        }

        ElementScope? scope = null;
        switch (YamlReader.Read(found.Source, session.Diagnostics, session.Limits))
        {
            case YamlMapping document:
                scope = new ElementScope(session, found.Resolved, document);
                ImportInto(scope, bindings with { SeesPipelineParameters = false }, depth + 1);
                break;
            case { } other:
                session.Report(StructureCodes.WrongType, other.Span, $"The orb {found.Resolved} is not a map: found {other.TypeName}", "An orb has keys such as 'commands' and 'jobs'.");
                break;
        }

        _open.Remove(found.Resolved);
        _known[found.Resolved] = scope;
        return scope;
    }
}
