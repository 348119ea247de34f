using System.Text;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Steps;

/// <summary>What the steps of one job share: the sandbox, the folders, the variables, and where their output goes.</summary>
internal sealed class StepContext
{
    public required JobAssignment Assignment { get; init; }

    public required JobSurroundings Surroundings { get; init; }

    public required ISandbox Sandbox { get; init; }

    public required AgentFiles Files { get; init; }

    /// <summary>The absolute working directory of the job.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>What every step gets, in ascending precedence already merged (§8.1).</summary>
    public required Dictionary<string, string> Environment { get; init; }

    /// <summary>The tally of the job, to which steps add.</summary>
    public JobTally Tally { get; } = new();

    /// <summary>The port at which the agent takes a continuation, or 0.</summary>
    public int ContinuationPort { get; init; }

    public AgentConnection Agent => Sandbox.Agent;

    public required Func<JobEvent, ValueTask> Report { get; init; }

    /// <summary>The absolute path of what a config names (EX-6.4): <c>~</c> is the home, and nothing else is expanded.</summary>
    public string FullPath(string path) => FullPath(path, WorkingDirectory);

    public string FullPath(string path, string relativeTo) => path switch
    {
        "~" => Agent.Hello.Home,
        ['~', '/', ..] => Path.Join(Agent.Hello.Home, path[2..]),
        _ => Path.GetFullPath(path, relativeTo),
    };

    /// <summary>Prints a line into the log of a step.</summary>
    public ValueTask SayAsync(int step, string text) => Report(new JobEvent.Printed(step, Encoding.UTF8.GetBytes(text + "\n")));
}
