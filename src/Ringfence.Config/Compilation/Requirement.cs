using System.Collections.Immutable;

namespace Ringfence.Config.Compilation;

/// <summary>One item of <c>requires</c>: a job and the outcomes that satisfy it (CL-17.3).</summary>
/// <param name="Job">The name of a job of the same workflow.</param>
/// <param name="Statuses">Any one of these is enough; <c>success</c> alone when nothing else is written.</param>
public sealed record Requirement(string Job, ImmutableArray<RequiredStatus> Statuses);
