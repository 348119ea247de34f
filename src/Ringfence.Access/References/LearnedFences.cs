using System.Collections.Immutable;
using Ringfence.Access.Fences;
using Ringfence.Access.Names;

namespace Ringfence.Access.References;

/// <summary>Fences made of what steps refer to.</summary>
/// <param name="Fences">One for each variable that some step refers to.</param>
/// <param name="Unreferenced">The variables that no step refers to; decide about them by hand.</param>
public sealed record LearnedFences(ImmutableArray<StepFence> Fences, ImmutableArray<VariableName> Unreferenced);
