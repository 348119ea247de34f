using System.Collections.Immutable;
using Ringfence.Access.Contexts;
using Ringfence.Access.Names;

namespace Ringfence.Access.Variables;

/// <summary>
/// The secret variables of one job by name, with origin and version but without values (CTX-20, CTX-21). They are for the primary
/// container only; nothing here is put into the environment of a service (CTX-23).
/// </summary>
public sealed record VariableSet
{
    private VariableSet(ImmutableArray<DeliveredVariable> variables, ImmutableArray<DeliveredVariable> withheld)
    {
        Variables = variables;
        Withheld = withheld;
    }

    /// <summary>What the job gets, by name.</summary>
    public ImmutableArray<DeliveredVariable> Variables { get; }

    /// <summary>What it does not get although it was released, since the name is guarded and nobody allowed it (CTX-22).</summary>
    public ImmutableArray<DeliveredVariable> Withheld { get; }

    /// <summary>Puts the project's variables and those of contexts together; of contexts with the same name the later one wins.</summary>
    /// <param name="project">The project's own variables, the weakest; null when the job gets none.</param>
    /// <param name="contexts">The contexts in the order in which the job names them.</param>
    public static VariableSet Combine(VariableSource? project, IReadOnlyList<VariableSource> contexts)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        var strongest = new SortedDictionary<string, DeliveredVariable>(StringComparer.Ordinal);
        var withheld = ImmutableArray.CreateBuilder<DeliveredVariable>();
        IEnumerable<VariableSource> sources = project is null ? contexts : contexts.Prepend(project);
        foreach (var source in sources)
        {
            foreach (var entry in source.Variables)
            {
                if (entry.Name.IsGuarded && !entry.HasOverride)
                {
                    withheld.Add(new DeliveredVariable(entry.Name, entry.Version, source.Owner, []));
                    continue;
                }

                ImmutableArray<SecretOwner> overridden = strongest.TryGetValue(entry.Name.Text, out var weaker) ? weaker.Overridden.Add(weaker.Owner) : [];
                strongest[entry.Name.Text] = new DeliveredVariable(entry.Name, entry.Version, source.Owner, overridden);
            }
        }

        return new VariableSet([.. strongest.Values], withheld.ToImmutable());
    }

    /// <summary>The variable of a name; null when the job does not get it.</summary>
    public DeliveredVariable? Find(VariableName name) => Variables.FirstOrDefault(v => v.Name == name);

    /// <summary>Where a step's value of a name comes from, so that it can be said when a secret is hidden by something that is none (CTX-21).</summary>
    /// <param name="name">The name.</param>
    /// <param name="builtIns">The names of built-in values.</param>
    /// <param name="job">The names in the job's and its container's <c>environment</c>.</param>
    /// <param name="step">The names in the step's <c>environment</c>.</param>
    public VariableOrigin OriginOf(VariableName name, IReadOnlySet<string> builtIns, IReadOnlySet<string> job, IReadOnlySet<string> step)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(builtIns);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(step);
        if (step.Contains(name.Text))
            return VariableOrigin.Step;
        if (job.Contains(name.Text))
            return VariableOrigin.Job;
        if (builtIns.Contains(name.Text))
            return VariableOrigin.BuiltIn;

        return Find(name)?.Owner switch
        {
            null => VariableOrigin.Unset,
            SecretOwner.Context => VariableOrigin.Context,
            SecretOwner.Project => VariableOrigin.Project,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
