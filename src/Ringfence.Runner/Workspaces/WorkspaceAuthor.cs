namespace Ringfence.Runner.Workspaces;

/// <summary>Who persists to a workspace.</summary>
/// <param name="Job">The job's name in the workflow.</param>
/// <param name="NodeIndex">Which of the parallel runs, from 0.</param>
/// <param name="Attempt">The run of the job; another run of the same job supersedes what earlier runs added, another step of the same run does not.</param>
public sealed record WorkspaceAuthor(string Job, int NodeIndex, string Attempt);
