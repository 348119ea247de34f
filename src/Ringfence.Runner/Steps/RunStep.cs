using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Ringfence.Config.Yaml;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Steps;

/// <summary>A command of the config, as a script in a new shell (EX-6.2, EX-6.7 to EX-6.10).</summary>
internal sealed partial class RunStep(StepContext context, JobStep step, int index)
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(10);

    /// <summary>Starts the shell, and says how in the log.</summary>
    public async Task<AgentProcess> StartAsync(CancellationToken cancel)
    {
        var shell = Shell();
        var command = step.Text("command") ?? "";
        await context.SayAsync(index, $"#!{string.Join(' ', shell)}\n{command.TrimEnd('\n')}").ConfigureAwait(false);
        var start = new StartProcess { Directory = Directory(), Script = ByteString.CopyFromUtf8(Redirect(command)), Halts = true };
        start.Argv.AddRange(shell);
        foreach (var (name, value) in context.EnvironmentOf(step.Position))
            start.Environment[name] = value;
        foreach (var (name, value) in step.Environment())
            start.Environment[name] = value;
        return await AgentProcess.StartAsync(context.Agent, start, cancel).ConfigureAwait(false);
    }

    /// <summary>Forwards the output of the shell until it ends; kills it when it is silent for too long or the job is stopped.</summary>
    public async Task<StepVerdict> FollowAsync(AgentProcess process, JobStop stop, CancellationToken cancel)
    {
        var patience = Patience();
        var silent = false;
        using var kill = new ProcessKill(process, context.Surroundings.Clock);
        using var timer = context.Surroundings.Clock.CreateTimer(
            _ =>
            {
                silent = true;
                kill.Now();
            },
            null,
            patience,
            Timeout.InfiniteTimeSpan);
        using var stopping = stop.Requested.Register(() => kill.WithGrace(stop.Grace));
        using var hurrying = stop.AtOnce.Register(kill.Now);

        while (await process.ReadAsync(cancel).ConfigureAwait(false) is { } output)
        {
            timer.Change(patience, Timeout.InfiniteTimeSpan);
            await context.Report(new JobEvent.Printed(index, output.Data.Memory)).ConfigureAwait(false);
        }

        var exit = process.Exit!;
        if (stop.Requested.IsCancellationRequested)
            return StepVerdict.Stopped(stop, context.Assignment.LongestRun, exit.Code);
        if (silent)
        {
            await context.SayAsync(index, $"\nToo long with no output (exceeded {GoDuration.Format(patience)}): context deadline exceeded").ConfigureAwait(false);
            return new StepVerdict(StepOutcome.TimedOut, exit.Code, Limit: $"no output for {GoDuration.Short(patience)}");
        }

        if (exit.Code == 0)
            return new StepVerdict(StepOutcome.Success, 0, exit.Halted);
        await context.SayAsync(index, $"\nExited with code exit status {exit.Code}").ConfigureAwait(false);
        return new StepVerdict(StepOutcome.Failed, exit.Code, exit.Halted);
    }

    private ImmutableArray<string> Shell()
    {
        if (Words(step.Body?["shell"]) is { IsEmpty: false } own)
            return own;
        if (Words(context.Assignment.Job.Body["shell"]) is { IsEmpty: false } jobs)
            return jobs;
        var found = context.Agent.Hello.Shell;
        return found.Length == 0 ? ["/bin/bash", "-eo", "pipefail"] : [found, "-eo", "pipefail"];
    }

    private static ImmutableArray<string> Words(YamlNode? node) => node switch
    {
        YamlScalar { IsNull: false } text => ShellWords.Split(text.Text),
        YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(word => word.Text)],
        _ => [],
    };

    private string Directory() => step.Text("working_directory") is { } own ? context.FullPath(own) : context.WorkingDirectory;

    private TimeSpan Patience() => GoDuration.TryParse(step.Text("no_output_timeout") ?? "", out var own) && own > TimeSpan.Zero ? own : UsualPatience;

    /// <summary>The call that continues a pipeline goes to the agent instead of the vendor's server (CL-20.3).</summary>
    private string Redirect(string command) => context.ContinuationPort == 0
        ? command
        : ContinueCall().Replace(command, $"http://127.0.0.1:{context.ContinuationPort}/api/v2/pipeline/continue");

    [GeneratedRegex("""https://[^/\s"'`]+/api/v2/pipeline/continue""", RegexOptions.NonBacktracking)]
    private static partial Regex ContinueCall();
}
