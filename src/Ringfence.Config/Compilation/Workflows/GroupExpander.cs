using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Schema;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Writes out an invocation of a job group: an entry, the group's jobs, an end that runs only if they succeed, and an unlock if it is serial (CL-19).</summary>
internal sealed class GroupExpander(Expansion expansion, InvocationExpander invocations, SerialGroups serialGroups)
{
    private static readonly string[] Permitted = ["name", "requires", "filters", "serial-group"];

    private readonly Session _session = expansion.Session;

    /// <summary>The definition of a group, or null.</summary>
    public static YamlEntry? Find(ElementScope scope, string name) =>
        (scope.Document["job-groups"] as YamlMapping)?.Entries.FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.Ordinal)) is { Key: not null } found
            ? found
            : null;

    /// <summary>Checks all groups of a document, used or not.</summary>
    public static void Check(ElementScope scope, Session session)
    {
        if (scope.Document["job-groups"] is not { } node || node is YamlScalar { IsNull: true })
            return;
        if (!Shape.Expect(node, ShapeTypes.Mapping, "#/job-groups", session) || node is not YamlMapping groups)
            return;

        foreach (var group in groups.Entries)
        {
            var path = $"#/job-groups/{group.Name}";
            if (scope.Names(ElementKind.Job).Contains(group.Name, StringComparer.Ordinal))
                session.Report(WorkflowCodes.BadGroup, group.Key.Span, $"'{group.Name}' is a job already", "A name is a job or a job group, not both (CL-19.7).");
            if (!Shape.Expect(group.Value, ShapeTypes.Mapping, path, session) || group.Value is not YamlMapping body)
                continue;
            Shape.CheckKeys(body, path, ["jobs"], ["jobs"], session);
            if (body["jobs"] is YamlSequence jobs)
                RejectNesting(group.Name, jobs, groups, session);
            else
                Shape.Expect(body["jobs"], ShapeTypes.Sequence, $"{path}/jobs", session);
        }
    }

    public void Expand(Invocation written, YamlEntry definition, DraftWorkflow workflow, CallSite site, GroupInstance? outer)
    {
        // Nesting is reported where the group is defined.
        if (outer is not null || (definition.Value as YamlMapping)?["jobs"] is not YamlSequence jobs)
            return;
        foreach (var key in written.Keys.Entries.Where(e => !Permitted.Contains(e.Name, StringComparer.Ordinal)))
            _session.Report(WorkflowCodes.BadGroup, key.Key.Span, $"Job group invocations do not support '{key.Name}'", $"They take {string.Join(", ", Permitted)}.");

        var name = (written.Keys["name"] is { } node ? expansion.Substitution.Apply(node, site.Bindings) as YamlScalar : null)?.Text ?? written.Name.Text;
        if (workflow.Groups.Exists(g => string.Equals(g.Prefix, name, StringComparison.Ordinal)))
        {
            _session.Report(
                WorkflowCodes.BadGroup, written.Name.Span,
                $"Job group \"{written.Name.Text}\" is invoked multiple times without a \"name\" attribute. Each invocation must have a unique name", "Add 'name:'.");
            return;
        }

        _session.Enter("job group", written.Name.Text, written.Name.Span);
        var keys = written.Keys.Entries.Where(e => e.Name is "requires" or "filters")
            .Select(e => e with { Value = expansion.Substitution.Apply(e.Value, site.Bindings) }).ToImmutableArray();
        var key2 = written.Keys["serial-group"] is { } serial ? serialGroups.ReadKey(serial, workflow, site) : null;
        Write(new GroupInstance(written.Name.Text, name), key2, keys, jobs, new Placement(workflow, site, written.Name.Span));
        _session.Leave();
    }

    private void Write(GroupInstance group, string? serialKey, ImmutableArray<YamlEntry> keys, YamlSequence jobs, Placement at)
    {
        at.Workflow.Groups.Add(group);
        var filters = SerialGroups.FiltersOf(keys);
        var entry = serialKey is null
            ? Boundary(group, "group-start", keys, at.Span)
            : SerialGroups.MakeLock(group.NameOf("lock"), serialKey, keys, at.Span, null);
        at.Workflow.Jobs.Add(entry);
        foreach (var job in jobs.Items)
            invocations.Expand(job, at.Workflow, at.Site, group);

        var required = new HashSet<string>(group.Members.SelectMany(m => Requirements.NamesIn(m["requires"])), StringComparer.Ordinal);
        var end = Boundary(group, "group-end", filters, at.Span);
        foreach (var member in group.Members)
        {
            if (!Requirements.NamesIn(member["requires"]).Any())
                member.Added.Add((entry, [RequiredStatus.Success]));
            if (!required.Contains(member.LocalName) && !(member.Alias is { } alias && required.Contains(alias)))
                end.Added.Add((member, [RequiredStatus.Success]));
        }

        group.End = end;
        at.Workflow.Jobs.Add(end);
        if (serialKey is not null)
            at.Workflow.Jobs.Add(SerialGroups.MakeUnlock(group.NameOf("unlock"), serialKey, end, filters, null));
    }

    private static Draft Boundary(GroupInstance group, string name, ImmutableArray<YamlEntry> keys, SourceSpan span) => new()
    {
        BaseName = group.NameOf(name),
        LocalName = group.NameOf(name),
        Type = JobType.NoOp,
        Body = new YamlMapping(span, [new YamlEntry(YamlScalar.String("type", span), YamlScalar.String("no-op", span))]),
        Declaration = span,
        Signature = new YamlMapping(span, keys),
        Keys = keys,
        Span = span,
        IsHidden = true,
    };

    private static void RejectNesting(string name, YamlSequence jobs, YamlMapping groups, Session session)
    {
        foreach (var item in jobs.Items)
        {
            var called = item switch { YamlScalar scalar => scalar, YamlMapping { Entries: [var only] } => only.Key, _ => null };
            if (called is not null && groups.Has(called.Text))
                session.Report(WorkflowCodes.BadGroup, called.Span, $"Job group \"{name}\" cannot reference job group \"{called.Text}\" -- nesting is not supported", "List the jobs themselves.");
        }
    }

    private sealed record Placement(DraftWorkflow Workflow, CallSite Site, SourceSpan Span);
}
