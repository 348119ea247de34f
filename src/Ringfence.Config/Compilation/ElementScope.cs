using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>
/// The elements that can be named without a prefix at one place, and the orbs that can be named as a prefix: the project's config, or one
/// orb (CL-9.3, CL-15.9 to CL-15.12). Elements are taken apart when first asked for.
/// </summary>
internal sealed class ElementScope(Session session, string? orb, YamlMapping document)
{
    private const int AliasDepth = 20;

    // One for each kind.
    private readonly Dictionary<string, Element?>[] _elements = [new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal)];
    private readonly Dictionary<string, ElementScope?> _orbs = new(StringComparer.Ordinal);
    private readonly HashSet<string>[] _used = [new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal)];

    /// <summary>Whether this is an orb, inline or not; orbs do not see pipeline parameters (CL-15.11).</summary>
    public bool IsOrb => orb is not null;

    /// <summary>The reference or alias of the orb; null for the project.</summary>
    public string? OrbName => orb;

    public YamlMapping Document => document;

    public IReadOnlyDictionary<string, ElementScope?> Orbs => _orbs;

    /// <summary>Imports an orb under an alias; null when it cannot be had, which is reported already.</summary>
    public void Import(string alias, ElementScope? scope) => _orbs[alias] = scope;

    /// <summary>The names declared here.</summary>
    public IEnumerable<string> Names(ElementKind kind) =>
        (document[Section(kind)] as YamlMapping)?.Entries.Select(e => e.Name) ?? [];

    /// <summary>Whether a name is declared here.</summary>
    public bool Declares(ElementKind kind, string name) => document[Section(kind)] is YamlMapping section && section.Has(name);

    /// <summary>The names declared here and in imported orbs, as they are written here.</summary>
    public IEnumerable<string> AllNames(ElementKind kind) =>
        Names(kind).Concat(_orbs.Where(o => o.Value is not null).SelectMany(o => o.Value!.Names(kind).Select(n => $"{o.Key}/{n}")));

    public bool WasUsed(ElementKind kind, string name) => _used[(int)kind].Contains(name);

    /// <summary>Finds an element by a name as written here: <c>name</c> or <c>orb/name</c>.</summary>
    public ElementSearch Find(ElementKind kind, string name, int depth = 0)
    {
        if (Local(kind, name, depth) is { } found)
            return new ElementSearch(found, false, null);

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
            return new ElementSearch(null, IsBroken(kind, name), null);

        var alias = name[..slash];
        if (!_orbs.TryGetValue(alias, out var scope))
            return new ElementSearch(null, false, alias);
        if (scope is null)
            return new ElementSearch(null, true, null);

        var inner = scope.Local(kind, name[(slash + 1)..], depth);
        return new ElementSearch(inner, inner is null && scope.IsBroken(kind, name[(slash + 1)..]), null);
    }

    private bool IsBroken(ElementKind kind, string name) => _elements[(int)kind].ContainsKey(name);

    private Element? Local(ElementKind kind, string name, int depth)
    {
        _used[(int)kind].Add(name);
        return Declared(kind, name, depth);
    }

    /// <summary>The element that is declared here under a name; asking for it does not count as using it.</summary>
    public Element? Declared(ElementKind kind, string name, int depth = 0)
    {
        if (_elements[(int)kind].TryGetValue(name, out var known))
            return known;
        if (document[Section(kind)] is not YamlMapping section || section[name] is not { } body)
            return null;

        var element = Make(kind, name, section.KeyOf(name)!.Span, body, depth);
        _elements[(int)kind][name] = element;
        return element;
    }

    private Element? Make(ElementKind kind, string name, SourceSpan span, YamlNode body, int depth)
    {
        switch (body)
        {
            case YamlMapping mapping:
                return new Element(kind, name, span, mapping, ParameterReader.Read(mapping, kind, session), this);
            case YamlScalar { Kind: ScalarKind.String } alias when depth < AliasDepth && alias.Text != name:
                return FollowAlias(kind, alias, depth);
            default:
                session.Report(
                    StructureCodes.WrongType, body.Span.IsKnown ? body.Span : span,
                    $"[#/{Section(kind)}/{name}] expected type: Mapping, found: {body.TypeName}",
                    $"Write the keys of the {kind.ToString().ToLowerInvariant()} below its name, indented.");
                return null;
        }
    }

    /// <summary>An element may be another name for an orb's (CL-9.6, CL-10.8).</summary>
    private Element? FollowAlias(ElementKind kind, YamlScalar alias, int depth)
    {
        var search = Find(kind, alias.Text, depth + 1);
        if (search.Element is null && !search.IsReportedAlready)
        {
            session.Report(
                kind switch { ElementKind.Command => ReferenceCodes.UnknownCommand, ElementKind.Executor => ReferenceCodes.UnknownExecutor, _ => ReferenceCodes.UnknownJob },
                alias.Span,
                $"Cannot find a definition for {kind.ToString().ToLowerInvariant()} named {alias.Text}",
                Spelling.DidYouMean(alias.Text, AllNames(kind), $"Write its keys below the name, or the name of an orb's {kind.ToString().ToLowerInvariant()}."));
        }

        return search.Element;
    }

    internal static string Section(ElementKind kind) => kind switch
    {
        ElementKind.Command => "commands",
        ElementKind.Executor => "executors",
        ElementKind.Job => "jobs",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
