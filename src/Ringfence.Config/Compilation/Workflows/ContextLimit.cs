using Ringfence.Config.Diagnostics;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>Counts the distinct contexts of a config (CL-17.19).</summary>
internal static class ContextLimit
{
    public static void Check(IEnumerable<CompiledWorkflow> workflows, Session session)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in workflows.SelectMany(w => w.Jobs))
        {
            names.UnionWith(job.Contexts);
            if (names.Count <= session.Limits.Contexts)
                continue;
            session.Report(StructureCodes.TooMany, job.Span, $"The config uses more than {session.Limits.Contexts} contexts", "Put variables that belong together into one context.");
            return;
        }
    }
}
