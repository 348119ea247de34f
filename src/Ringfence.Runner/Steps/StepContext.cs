using System.Text;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Secrets;

namespace Ringfence.Runner.Steps;

/// <summary>What the steps of one job share: the sandbox, the folders, the variables, and where their output goes.</summary>
internal sealed class StepContext
{
    private const int MostLeftOut = 20;

    public required JobAssignment Assignment { get; init; }

    public required JobSurroundings Surroundings { get; init; }

    public required ISandbox Sandbox { get; init; }

    public required AgentFiles Files { get; init; }

    /// <summary>The absolute working directory of the job.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>What every step gets but for secrets, in ascending precedence already merged (§8.1).</summary>
    public required Dictionary<string, string> Environment { get; init; }

    /// <summary>The names that a secret does not replace (CTX-21).</summary>
    public required HashSet<string> Stronger { get; init; }

    /// <summary>Where everything passes that leaves the job.</summary>
    public required JobGate Gate { get; init; }

    /// <summary>The file that shells read first, to which steps add variables for the next ones.</summary>
    public required string BashEnv { get; init; }

    /// <summary>The place of what is no step of the config, so that no fence of a secret admits it.</summary>
    public const int NoStep = -1;

    /// <summary>What one step gets.</summary>
    /// <param name="position">Its place in the config's list of steps, or <see cref="NoStep"/>.</param>
    public Dictionary<string, string> EnvironmentOf(int position)
    {
        var all = new Dictionary<string, string>(Environment, StringComparer.Ordinal);
        foreach (var secret in Assignment.Secrets)
        {
            if (secret.IsFor(position) && !Stronger.Contains(secret.Name))
                all[secret.Name] = secret.Value.RevealString();
        }

        return all;
    }

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

    /// <summary>Says what could not be put into an archive.</summary>
    public async ValueTask SayLeftOutAsync(int step, Done archived)
    {
        await SayLeftOutAsync(step, archived.LeftOut).ConfigureAwait(false);
        foreach (var path in archived.NotEntered.Take(MostLeftOut))
            await SayAsync(step, $"Warning: left out, since no archive goes into the system's own folders: {path}").ConfigureAwait(false);
    }

    /// <summary>Says what could not be taken along.</summary>
    public async ValueTask SayLeftOutAsync(int step, IReadOnlyCollection<string> paths)
    {
        foreach (var path in paths.Take(MostLeftOut))
            await SayAsync(step, $"Warning: left out, since its name is no UTF-8: {path}").ConfigureAwait(false);
        if (paths.Count > MostLeftOut)
            await SayAsync(step, $"Warning: {paths.Count - MostLeftOut} more are left out.").ConfigureAwait(false);
    }

    /// <summary>Prints a line into the log of a step.</summary>
    public ValueTask SayAsync(int step, string text) => Report(new JobEvent.Printed(step, Encoding.UTF8.GetBytes(text + "\n")));
}
