using System.Collections.Immutable;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Finds what the <c>requires</c> of the jobs of a workflow mean, and writes them with final names (CL-17.3 to CL-17.11, CL-18.6, CL-19.6).</summary>
internal sealed class Requirements(Session session, DraftWorkflow workflow)
{
    private readonly Dictionary<GroupInstance, Candidates> _ofGroups = new(ReferenceEqualityComparer.Instance);
    private Candidates? _own;

    private static readonly ImmutableArray<RequiredStatus> Success = [RequiredStatus.Success];

    private static readonly Dictionary<string, RequiredStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["success"] = RequiredStatus.Success,
        ["failed"] = RequiredStatus.Failed,
        ["canceled"] = RequiredStatus.Canceled,
        ["unauthorized"] = RequiredStatus.Unauthorized,
        ["not_run"] = RequiredStatus.NotRun,
    };

    /// <summary>The names that a <c>requires</c> mentions.</summary>
    public static IEnumerable<string> NamesIn(YamlNode? requires) => ItemsIn(requires).Select(i => i switch
    {
        YamlScalar scalar => scalar.Text,
        YamlMapping { Entries: [var only] } => only.Name,
        _ => "",
    });

    /// <summary>The requirements of a draft, and the value that <c>requires</c> has in the compiled config; null when there is none.</summary>
    public (ImmutableArray<Requirement> Requirements, YamlNode? Written) Resolve(Draft draft)
    {
        var node = draft["requires"];
        if (draft.Added.Count == 0 && ItemsIn(node).IsEmpty)
            return ([], node as YamlSequence);

        var found = new List<Requirement>();
        var written = new List<YamlNode>();
        foreach (var (job, statuses) in draft.Added)
            Take(new Requirement(job.Name, statuses), AddedNode(job, statuses, draft), found, written);
        foreach (var item in ItemsIn(node))
            ResolveItem(item, draft, found, written);

        if (written.Count == 0)
            return ([], node is YamlSequence { Items.Length: 0 } ? node : null);
        var stays = node is YamlScalar && written.Count == 1 && draft.Added.Count == 0;
        return ([.. found], stays ? written[0] : new YamlSequence(node?.Span ?? draft.Span, [.. written]));
    }

    private static ImmutableArray<YamlNode> ItemsIn(YamlNode? node) => node switch
    {
        null or YamlScalar { IsNull: true } => [],
        YamlSequence sequence => sequence.Items,
        _ => [node],
    };

    private void ResolveItem(YamlNode item, Draft draft, List<Requirement> found, List<YamlNode> written)
    {
        switch (item)
        {
            case YamlScalar { IsNull: false } name:
                foreach (var target in Targets(name, draft))
                    Take(new Requirement(target, Success), YamlScalar.String(target, name.Span), found, written);
                break;
            case YamlMapping { Entries: [var only] }:
                var statuses = ReadStatuses(only);
                foreach (var target in Targets(only.Key, draft))
                {
                    var entry = new YamlEntry(YamlScalar.String(target, only.Key.Span), only.Value);
                    Take(new Requirement(target, statuses), new YamlMapping(item.Span, [entry]), found, written);
                }

                break;
            default:
                session.Report(StructureCodes.WrongType, item.Span, $"[requires] expected type: String, found: {item.TypeName}", "Write the name of a job, or 'name: status'.");
                break;
        }
    }

    /// <summary>CL-17.11: what is there already is not added again.</summary>
    private static void Take(Requirement requirement, YamlNode node, List<Requirement> found, List<YamlNode> written)
    {
        if (found.Exists(f => string.Equals(f.Job, requirement.Job, StringComparison.Ordinal) && f.Statuses.SequenceEqual(requirement.Statuses)))
            return;
        found.Add(requirement);
        written.Add(node);
    }

    private List<string> Targets(YamlScalar name, Draft draft)
    {
        var text = name.Text;
        if (draft.Group is null && workflow.Groups.Find(g => string.Equals(g.Prefix, text, StringComparison.Ordinal)) is { End: { } end })
            return [end.Name];

        var members = MembersOf(draft.Group);
        if (!members.ByAlias.Contains(text) && members.ByName[text].FirstOrDefault() is { } only)
            return [only.Name];

        var byName = members.ByLocalName[text].ToList();
        var exact = members.ByName[text].ToList();
        var byAlias = members.ByAlias[text].ToList();
        var all = exact.Concat(byName).Concat(byAlias).Where(j => j != draft).Select(j => j.Name).Distinct(StringComparer.Ordinal).ToList();
        // CL-17.10: the requiring one itself does not count.
        if (byAlias.Count == 0 && all.Count > 1)
        {
            session.Report(
                WorkflowCodes.AmbiguousRequirement, name.Span,
                $"{draft.LocalName}: requires job \"{text}\" but \"{text}\" is invoked {byName.Count} times in this workflow",
                "Give each invocation a 'name', and require that.");
            return [];
        }

        if (all.Count == 0 && byName.Contains(draft))
            return [draft.Name];
        if (all.Count == 0 && !workflow.Aliases.Contains(text) && !workflow.Broken.Contains(text))
            ReportUnknown(name, draft);
        return all;
    }

    /// <summary>The jobs that can be required there, by each name that they have; made once, since a workflow may have thousands.</summary>
    private Candidates MembersOf(GroupInstance? group)
    {
        if (group is null)
            return _own ??= new Candidates(workflow.Jobs.FindAll(j => j.Group is null && !j.IsHidden));
        if (!_ofGroups.TryGetValue(group, out var members))
            _ofGroups[group] = members = new Candidates(group.Members);
        return members;
    }

    private void ReportUnknown(YamlScalar name, Draft draft)
    {
        var text = name.Text;
        if (draft.Group is { } group)
        {
            session.Report(WorkflowCodes.UnknownRequirement, name.Span, $"\"{text}\" is not a member of this job group", $"The jobs of '{group.Group}' can require each other only; let the group require others where it is called.");
            return;
        }

        if (workflow.Groups.Find(g => g.Members.Exists(m => string.Equals(m.LocalName, text, StringComparison.Ordinal) || string.Equals(m.BaseName, text, StringComparison.Ordinal))) is { } inside)
        {
            session.Report(WorkflowCodes.UnknownRequirement, name.Span, $"\"{text}\" is defined inside job group \"{inside.Group}\", not directly in this workflow", $"Require '{inside.Prefix}' instead.");
            return;
        }

        session.Report(
            WorkflowCodes.UnknownRequirement, name.Span, $"{draft.LocalName}: requires job \"{text}\" but \"{text}\" is not part of this workflow.",
            Spelling.DidYouMean(text, MembersOf(null).ByLocalName.Select(c => c.Key).Concat(workflow.Groups.Select(g => g.Prefix)), "Add the job to this workflow, or remove it from 'requires'."));
    }

    private ImmutableArray<RequiredStatus> ReadStatuses(YamlEntry item)
    {
        if (item.Value is YamlScalar { Text: "terminal" })
            return SerialGroups.Terminal;

        var statuses = new SortedSet<RequiredStatus>();
        foreach (var node in ItemsIn(item.Value))
        {
            if (node is YamlScalar status && Statuses.TryGetValue(status.Text, out var known))
                statuses.Add(known);
            else
                session.Report(
                    WorkflowCodes.UnknownStatus, node.Span, $"'{ArgumentTypes.Show(node)}' is not a status of a job",
                    Spelling.DidYouMean((node as YamlScalar)?.Text ?? "", Statuses.Keys, node is YamlScalar { Text: "terminal" } ? "'terminal' stands alone, not in a list." : $"The statuses are {string.Join(", ", Statuses.Keys)}, or terminal for all."));
        }

        if (statuses.Count == Statuses.Count)
            session.Report(WorkflowCodes.Simplify, item.Value.Span, $"Statuses: '{string.Join(", ", Statuses.Keys)}' can be simplified to just 'terminal'", "Write 'terminal'.");
        return statuses.Count == 0 ? Success : [.. statuses];
    }

    private static YamlNode AddedNode(Draft job, ImmutableArray<RequiredStatus> statuses, Draft draft)
    {
        var name = YamlScalar.String(job.Name, draft.Span);
        return statuses.SequenceEqual(Success)
            ? name
            : new YamlMapping(draft.Span, [new YamlEntry(name, YamlScalar.String("terminal", draft.Span))]);
    }

    private sealed class Candidates(List<Draft> jobs)
    {
        public ILookup<string, Draft> ByLocalName { get; } = jobs.ToLookup(j => j.LocalName, StringComparer.Ordinal);

        public ILookup<string, Draft> ByName { get; } = jobs.ToLookup(j => j.Name, StringComparer.Ordinal);

        public ILookup<string, Draft> ByAlias { get; } = jobs.Where(j => j.Alias is not null).ToLookup(j => j.Alias!, StringComparer.Ordinal);
    }
}
