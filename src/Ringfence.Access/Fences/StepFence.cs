using System.Collections.Immutable;
using Ringfence.Access.Names;

namespace Ringfence.Access.Fences;

/// <summary>Limits a variable to some steps by policy outside of the config (ENV-7). Without rules no step has it.</summary>
public sealed record StepFence(VariableName Variable, ImmutableArray<FenceRule> Rules)
{
    /// <summary>Whether one of its rules admits the step.</summary>
    public bool Admits(StepIdentity step) => !Rules.IsDefault && Rules.Any(r => r.Admits(step));
}
