using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Protocol.Tests;
using Ringfence.Runner.Secrets;
using Ringfence.Runner.Workspaces;

namespace Ringfence.Runner.Jobs;

/// <summary>One parallel run of one job, with all that it may know.</summary>
public sealed record JobAssignment
{
    /// <summary>The compiled job.</summary>
    public required CompiledJob Job { get; init; }

    /// <summary>The job number (EX-3.7).</summary>
    public required long Number { get; init; }

    /// <summary>Which of the parallel runs it is, from 0.</summary>
    public int NodeIndex { get; init; }

    /// <summary>How many parallel runs there are.</summary>
    public int NodeTotal { get; init; } = 1;

    /// <summary>Where it meets the other parallel runs; null when there are none, or nothing to wait for.</summary>
    public NodeMeeting? Meeting { get; init; }

    /// <summary>The workflow's id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>The workspace's id, the same for all jobs and reruns of a workflow (EX-7.58).</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>Differs between any two attempts of a job.</summary>
    public required string Attempt { get; init; }

    /// <summary>The jobs whose workspace layers it sees, in the order of the graph (EX-7.56).</summary>
    public ImmutableArray<WorkspaceUpstream> Upstream { get; init; } = [];

    /// <summary>Where caches and timings are kept apart from other projects', and those of a fork's pull request from the project's own.</summary>
    public required string Project { get; init; }

    /// <summary>The branch; empty on a tag.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The commit.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The built-in variables that do not depend on the node or the sandbox (§8.4), without those that are unset.</summary>
    public ImmutableArray<(string Name, string Text)> BuiltIns { get; init; } = [];

    /// <summary>Whether the job may continue the pipeline (CL-20.1).</summary>
    public bool IsSetup { get; init; }

    /// <summary>The tests that failed the last time, when only those are to run again (EX-5.4, EX-10.12); otherwise null.</summary>
    public FailedTests? FailedTests { get; init; }

    /// <summary>What a person should know about where it runs; may be empty.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The secrets that it was granted, by precedence already merged. They belong to whoever made this.</summary>
    public ImmutableArray<JobSecret> Secrets { get; init; } = [];

    /// <summary>The SSH keys that it was granted. They belong to whoever made this.</summary>
    public ImmutableArray<JobSshKey> SshKeys { get; init; } = [];

    /// <summary>Whether a person has asked for a run without any secrets.</summary>
    public bool IsWithoutSecrets { get; init; }

    /// <summary>How long it may run (§16).</summary>
    public TimeSpan LongestRun { get; init; } = TimeSpan.FromHours(5);
}
