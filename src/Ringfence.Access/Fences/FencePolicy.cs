using System.Collections.Immutable;
using Ringfence.Access.Names;
using Ringfence.Access.Variables;

namespace Ringfence.Access.Fences;

/// <summary>Which steps of a project have which of the variables that its jobs get (ENV-7, INC-22).</summary>
public sealed record FencePolicy
{
    /// <summary>The whole job has everything, as at CircleCI.</summary>
    public static FencePolicy Compatible { get; } = new();

    /// <summary>Steps of third-party orbs have nothing until a fence admits them (INC-22).</summary>
    public static FencePolicy OwnStepsOnly { get; } = new() { WithholdsFromOthers = true };

    /// <summary>The fences. Of several for one variable, each has to admit a step.</summary>
    public ImmutableArray<StepFence> Fences { get; init; } = [];

    /// <summary>Whether steps that do not stand in the project's own config have only variables whose fence admits them.</summary>
    public bool WithholdsFromOthers { get; init; }

    /// <summary>Whether the step has the variable in its environment.</summary>
    public bool IsVisible(VariableName variable, StepIdentity step)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(step);
        var isFenced = false;
        foreach (var fence in Fences)
        {
            if (fence.Variable != variable)
                continue;
            if (!fence.Admits(step))
                return false;

            isFenced = true;
        }

        return isFenced || !WithholdsFromOthers || step.Origin is StepOrigin.Config;
    }

    /// <summary>What of a job's variables the step has.</summary>
    public ImmutableArray<DeliveredVariable> VisibleTo(StepIdentity step, VariableSet variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return [.. variables.Variables.Where(v => IsVisible(v.Name, step))];
    }
}
