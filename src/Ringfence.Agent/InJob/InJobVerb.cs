using Ringfence.Agent.InJob.Flags;

namespace Ringfence.Agent.InJob;

/// <summary>One command that jobs can call, and what carries it out.</summary>
internal sealed record InJobVerb(CommandSyntax Syntax, Func<GivenFlags, InJobSurroundings, int> Run);
