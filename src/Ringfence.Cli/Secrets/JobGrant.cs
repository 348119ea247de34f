using System.Collections.Immutable;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Secrets;

namespace Ringfence.Cli.Secrets;

/// <summary>What became of a job's wish for secrets. A closed family.</summary>
internal abstract record JobGrant
{
    private JobGrant()
    {
    }

    /// <summary>It runs with these; whoever takes them disposes their values.</summary>
    public sealed record Given(ImmutableArray<JobSecret> Secrets) : JobGrant;

    /// <summary>It does not run.</summary>
    public sealed record Refused(JobOutcome Outcome, string Reason) : JobGrant;
}
