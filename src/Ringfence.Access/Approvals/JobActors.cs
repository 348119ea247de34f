using System.Collections.Immutable;
using Ringfence.Access.Names;
using Ringfence.Config.Compilation;

namespace Ringfence.Access.Approvals;

/// <summary>Whose rights a job of a workflow uses: the nearest approvers on the ways to it, or whoever started the workflow (ACT-2, ACT-3).</summary>
public static class JobActors
{
    /// <summary>
    /// The approvers nearest to the job, in the order of the workflow; where several ways meet, all of them, and each has to pass. Empty
    /// when no approval was given before it, so that the rights of the starter count.
    /// </summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="job">The name of the job in it.</param>
    /// <param name="approvers">Who approved what, by the name of the approval job.</param>
    public static ImmutableArray<ActorId> ApproversOf(CompiledWorkflow workflow, string job, IReadOnlyDictionary<string, ActorId> approvers)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(approvers);
        var jobs = workflow.Jobs.ToDictionary(j => j.Name, StringComparer.Ordinal);
        var nearest = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { job };
        var open = new Stack<string>([job]);
        while (open.TryPop(out var next))
        {
            if (!jobs.TryGetValue(next, out var invocation))
                continue;

            foreach (var requirement in invocation.Requires.Select(r => r.Job).Where(seen.Add))
            {
                // What lies behind an approval no longer counts; an approval that nobody gave changes nothing.
                if (jobs.GetValueOrDefault(requirement)?.Type == JobType.Approval && approvers.ContainsKey(requirement))
                    nearest.Add(requirement);
                else
                    open.Push(requirement);
            }
        }

        return [.. workflow.Jobs.Where(j => nearest.Contains(j.Name)).Select(j => approvers[j.Name]).Distinct()];
    }
}
