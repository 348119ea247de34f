using Ringfence.Config.Diagnostics;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Finds jobs that wait for each other (CL-17.7).</summary>
internal static class RequirementCycles
{
    public static void Check(IReadOnlyList<CompiledInvocation> jobs, DraftWorkflow workflow, Session session)
    {
        if (AreInOrder(jobs))
            return;

        var waits = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            if (!waits.TryGetValue(job.Name, out var names))
                waits[job.Name] = names = new HashSet<string>(StringComparer.Ordinal);
            names.UnionWith(job.Requires.Select(r => r.Job));
        }

        var blocked = Blocked(waits);
        if (blocked.Count == 0)
            return;

        // What waits for a cycle is unreachable too, but only the jobs of a cycle are worth pointing at.
        var inCycle = jobs.Where(j => blocked.Contains(j.Name) && Reaches(j.Name, j.Name, waits, blocked)).ToList();
        var first = inCycle[0];
        var message = blocked.Count == waits.Count
            ? "At least one job in the workflow must have no dependencies."
            : $"The following jobs are unreachable: {string.Join(", ", jobs.Select(j => j.Name).Where(blocked.Contains).Distinct(StringComparer.Ordinal))}";
        session.Report(
            WorkflowCodes.Cycle, first.Span, message,
            $"The job `{first.Name}` is part of a cycle: {string.Join(", ", inCycle.Select(j => j.Name).Distinct(StringComparer.Ordinal))} wait for each other. Remove one 'requires' in '{workflow.Name}'.");
    }

    /// <summary>Whether each job only waits for jobs that stand before it, as in most workflows: then there is no cycle.</summary>
    private static bool AreInOrder(IReadOnlyList<CompiledInvocation> jobs)
    {
        var before = new HashSet<string>(jobs.Count, StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            foreach (var requirement in job.Requires)
            {
                if (!before.Contains(requirement.Job))
                    return false;
            }

            // A job that is called twice waits for what either call requires.
            if (!before.Add(job.Name))
                return false;
        }

        return true;
    }

    /// <summary>The jobs that can never start: those left when, again and again, every job is taken away whose requirements are gone.</summary>
    private static HashSet<string> Blocked(Dictionary<string, HashSet<string>> waits)
    {
        var open = waits.ToDictionary(w => w.Key, w => w.Value.Count(waits.ContainsKey), StringComparer.Ordinal);
        var dependents = waits.SelectMany(w => w.Value.Select(r => (Job: w.Key, Requires: r))).ToLookup(p => p.Requires, p => p.Job, StringComparer.Ordinal);
        var ready = new Queue<string>(open.Where(o => o.Value == 0).Select(o => o.Key));
        while (ready.TryDequeue(out var done))
        {
            open.Remove(done);
            foreach (var dependent in dependents[done])
            {
                if (--open[dependent] == 0)
                    ready.Enqueue(dependent);
            }
        }

        return [.. open.Keys];
    }

    private static bool Reaches(string from, string to, Dictionary<string, HashSet<string>> waits, HashSet<string> blocked)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var job))
        {
            foreach (var next in waits[job].Where(blocked.Contains))
            {
                if (string.Equals(next, to, StringComparison.Ordinal))
                    return true;
                if (seen.Add(next))
                    open.Push(next);
            }
        }

        return false;
    }
}
