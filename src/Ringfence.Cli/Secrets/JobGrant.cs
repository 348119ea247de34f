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

    /// <summary>It runs with these; whoever takes them disposes it.</summary>
    public sealed record Given(ImmutableArray<JobSecret> Secrets, ImmutableArray<JobSshKey> SshKeys) : JobGrant, IDisposable
    {
        /// <summary>A job that asks for nothing, or is given nothing.</summary>
        public static Given Nothing { get; } = new([], []);

        public void Dispose()
        {
            foreach (var value in Secrets.Select(s => s.Value).Concat(SshKeys.Select(k => k.Value)))
                value.Dispose();
        }
    }

    /// <summary>It does not run.</summary>
    public sealed record Refused(JobOutcome Outcome, string Reason) : JobGrant;
}
