using System.Collections.Immutable;

namespace Ringfence.Workflows.Serial;

/// <summary>What came of a change to the serial groups.</summary>
/// <param name="Queue">The groups from now on.</param>
/// <param name="Decisions">Whom to tell what, in this order; empty when nobody is concerned.</param>
public sealed record SerialTurn(SerialQueue Queue, ImmutableArray<SerialDecision> Decisions);
