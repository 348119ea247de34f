using System.Collections.Immutable;

namespace Ringfence.Workflows.Planning;

/// <summary>What came of an event.</summary>
/// <param name="State">The state from now on.</param>
/// <param name="Decisions">What to do, in this order.</param>
/// <param name="Ignored">Why the event changed nothing, as one sentence; null when it was taken.</param>
public sealed record Planned(WorkflowState State, ImmutableArray<Decision> Decisions, string? Ignored = null);
