using Ringfence.Config.Yaml;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>
/// Gives each draft its final name (CL-17.13 to CL-17.16, and rule 10 of the recorded outputs). Invocations that share a name are the same
/// job when they are written alike in one workflow, or have the same body in different ones; otherwise they get <c>-1</c>, <c>-2</c>, … in file order.
/// </summary>
internal static class NameAssigner
{
    public static void Assign(IReadOnlyList<DraftWorkflow> workflows)
    {
        var byName = new Dictionary<string, List<Sameness>>(StringComparer.Ordinal);
        foreach (var workflow in workflows)
        {
            foreach (var draft in workflow.Jobs)
            {
                if (!byName.TryGetValue(draft.BaseName, out var kinds))
                    byName[draft.BaseName] = kinds = [];
                if (kinds.Find(k => k.Takes(draft, workflow)) is { } same)
                    same.Members.Add((draft, workflow));
                else
                    kinds.Add(new Sameness { Members = { (draft, workflow) } });
            }
        }

        var taken = new HashSet<string>(byName.Keys, StringComparer.Ordinal);
        foreach (var (name, kinds) in byName)
        {
            var number = 0;
            foreach (var kind in kinds)
                kind.Name(kinds.Count == 1 ? name : Next(name, ref number, taken));
        }
    }

    private static string Next(string name, ref int number, HashSet<string> taken)
    {
        string candidate;
        do
            candidate = $"{name}-{++number}";
        while (!taken.Add(candidate));
        return candidate;
    }

    /// <summary>Invocations that are one job.</summary>
    private sealed class Sameness
    {
        public List<(Draft Draft, DraftWorkflow Workflow)> Members { get; } = [];

        public bool Takes(Draft draft, DraftWorkflow workflow)
        {
            var first = Members[0].Draft;
            if (first.Type != draft.Type || !SameBody(first, draft))
                return false;
            return Members.TrueForAll(m => m.Workflow != workflow || SameInvocation(m.Draft, draft));
        }

        public void Name(string name)
        {
            foreach (var (draft, _) in Members)
                draft.Name = name;
        }

        private static bool SameBody(Draft a, Draft b) =>
            ReferenceEquals(a.Body, b.Body) || (a.Body is not null && b.Body is not null && YamlEquality.SameData(a.Body, b.Body));

        private static bool SameInvocation(Draft a, Draft b) =>
            (a.Member?.SameAs(b.Member) ?? b.Member is null) && YamlEquality.SameData(a.Signature, b.Signature);
    }
}
