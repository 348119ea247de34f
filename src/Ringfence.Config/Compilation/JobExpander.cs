using System.Collections.Immutable;
using Ringfence.Config.Schema;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>Turns a declared job and its arguments into a concrete one: executor merged in, environment listed, steps written out (CL-10, CL-11).</summary>
internal sealed class JobExpander(Expansion expansion)
{
    private readonly Session _session = expansion.Session;

    /// <summary>The body of a job for one invocation; null when it is not valid, which is reported.</summary>
    /// <param name="job">The declared job.</param>
    /// <param name="arguments">The arguments of the invocation.</param>
    /// <param name="before">Steps put before the job's own, expanded already (CL-17.17).</param>
    /// <param name="after">Steps put after them.</param>
    /// <param name="site">The workflow.</param>
    /// <param name="at">The place of the invocation.</param>
    public YamlMapping? Expand(Element job, ImmutableArray<YamlEntry> arguments, ImmutableArray<YamlNode> before, ImmutableArray<YamlNode> after, CallSite site, SourceSpan at)
    {
        if (expansion.Binder.Bind(job, arguments, site, at) is not { } bindings)
            return null;

        var own = new CallSite(job.Scope, bindings);
        var keys = new List<YamlEntry>();
        var environment = new EnvironmentList(_session);
        var hasOwnType = job.Body.Entries.Any(e => ExecutorTypes.Is(e.Name));
        if (job.Body["executor"] is { } executor)
            TakeExecutor(executor, own, hasOwnType, keys, environment);

        foreach (var entry in job.Body.Entries)
        {
            if (entry.Name is "parameters" or "description" or "executor" or "steps")
                continue;
            var value = expansion.Substitution.ApplyToData(entry.Value, bindings);
            if (entry.Name is "environment")
                environment.Add(value);
            else
                Set(keys, entry with { Value = value });
        }

        if (environment.ToNode(job.Body.Span) is { } list)
            keys.Add(new YamlEntry(YamlScalar.String("environment", list.Span), list));
        AddSteps(job, own, before, after, keys);

        var body = new YamlMapping(job.Body.Span, [.. keys]);
        JobShape.CheckExpanded(body, job, _session);
        return body;
    }

    private void TakeExecutor(YamlNode reference, CallSite site, bool hasOwnType, List<YamlEntry> keys, EnvironmentList environment)
    {
        if (expansion.Executors.Expand(reference, site) is not { } entries)
            return;

        foreach (var entry in entries)
        {
            // The job's own executor type replaces the executor's, whatever type that is (CL-10.4, CL-10.6).
            if (hasOwnType && ExecutorTypes.Is(entry.Name))
                continue;
            if (entry.Name is "environment")
                environment.Add(entry.Value);
            else
                keys.Add(entry);
        }
    }

    private void AddSteps(Element job, CallSite site, ImmutableArray<YamlNode> before, ImmutableArray<YamlNode> after, List<YamlEntry> keys)
    {
        // Only build jobs run steps; others keep none (CL-11.2).
        if (job.Body["steps"] is not { } written || JobShape.TypeOf(job.Body) != JobType.Build)
            return;

        var steps = new List<YamlNode>(before);
        expansion.Steps.Expand(written, site, steps);
        steps.AddRange(after);
        keys.Add(new YamlEntry(job.Body.KeyOf("steps")!, new YamlSequence(written.Span, [.. steps])));
    }

    private static void Set(List<YamlEntry> keys, YamlEntry entry)
    {
        var place = keys.FindIndex(k => string.Equals(k.Name, entry.Name, StringComparison.Ordinal));
        if (place < 0)
            keys.Add(entry);
        else
            keys[place] = entry;
    }
}
