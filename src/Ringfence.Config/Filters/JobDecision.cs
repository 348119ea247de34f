using Ringfence.Config.Compilation;

namespace Ringfence.Config.Filters;

/// <summary>Whether a job of a workflow is part of this pipeline at all. It says nothing of how the jobs before it end.</summary>
/// <param name="Job">The job.</param>
/// <param name="Runs">Whether it is part of it.</param>
/// <param name="Reason">Why not, in words that name the filter and what decided; empty when it runs.</param>
public sealed record JobDecision(CompiledInvocation Job, bool Runs, string Reason);
