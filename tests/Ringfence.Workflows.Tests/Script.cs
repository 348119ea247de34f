using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Filters;
using Ringfence.Config.Values;
using Ringfence.Workflows.Planning;
using Ringfence.Workflows.Reruns;
using Ringfence.Workflows.Serial;

namespace Ringfence.Workflows.Tests;

/// <summary>
/// Plays a script: a config, a line <c>---</c>, and what happens, a line each after <c>&gt;</c>. What the planner decides is written below each.
/// Locks go through a real <see cref="SerialQueue"/>, so only jobs, people and the clock are played.
/// </summary>
internal sealed class Script
{
    private const string Separator = "---";

    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, WorkflowState> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<WorkflowId, string> _labels = [];
    private readonly CompiledWorkflow _workflow;
    private readonly ImmutableArray<CompiledInvocation> _jobs;
    private readonly Queue<Action> _next = [];
    private SerialQueue _queue = SerialQueue.Empty;
    private DateTimeOffset _now = Sample.Noon;

    private Script(string config)
    {
        var request = new CompileRequest { Values = PipelineValues.Local(new GitFacts { Branch = "main", Tag = "", Revision = new string('0', 40) }) };
        var result = Compiler.Compile(ConfigSource.From("config.yml", config), request);
        Assert.True(result.IsValid, string.Join('\n', result.Diagnostics));
        _workflow = result.Pipeline!.Workflows[0];
        _jobs = [.. JobSelection.Decide(_workflow, request.Values, result.Pipeline.Parameters).Where(d => d.Runs).Select(d => d.Job)];
    }

    public static string Play(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = Array.IndexOf(lines, Separator);
        var script = new Script(string.Join('\n', lines[..end]));
        script._output.AppendJoin('\n', lines[..(end + 1)]).Append('\n');
        foreach (var line in lines[(end + 1)..].Where(l => l.StartsWith('>') || l.StartsWith('#')))
        {
            script._output.Append(line).Append('\n');
            if (line.StartsWith('>'))
                script.Do(line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            while (script._next.TryDequeue(out var next))
                next();
        }

        return script._output.ToString();
    }

    private void Do(string[] words)
    {
        switch (words)
        {
            case ["start", var number]:
                Take(number, Planner.Start(RequestOf(long.Parse(number, CultureInfo.InvariantCulture), "acme/app"), Sample.NewJob, _now));
                break;
            case ["start", var number, "of", var project]:
                Take($"{project}#{number}", Planner.Start(RequestOf(long.Parse(number, CultureInfo.InvariantCulture), project), Sample.NewJob, _now));
                break;
            case ["wait", var hours]:
                _now += TimeSpan.FromHours(double.Parse(hours, CultureInfo.InvariantCulture));
                Tell(_queue.TimeOut(_now));
                break;
            case ["release", var key]:
                Tell(_queue.ReleaseByHand(key));
                break;
            case ["rerun", var label, var how, "as", var to]:
                Repeat(_runs[label], how, to);
                break;
            case ["show", var label]:
                Show(label, _runs[label]);
                break;
            case [var label, .. var rest]:
                Take(label, Planner.Apply(_runs[label], EventOf(_runs[label], rest), _now));
                break;
        }
    }

    private WorkflowRequest RequestOf(long number, string project) => new()
    {
        Id = Sample.NewWorkflow(),
        Workspace = Sample.NewWorkspace(),
        Name = _workflow.Name,
        Project = project,
        PipelineNumber = number,
        Jobs = _jobs,
        MaxAutoReruns = _workflow.MaxAutoReruns,
    };

    private static WorkflowEvent EventOf(WorkflowState state, string[] words) => words switch
    {
        ["cancel"] => new WorkflowEvent.WorkflowCanceled("ann"),
        ["error", .. var reason] => new WorkflowEvent.Errored(string.Join(' ', reason)),
        ["cancel", var job] => new WorkflowEvent.JobCanceled(state.Find(job)!.Id, "ann"),
        ["approve", var job] => new WorkflowEvent.Approved(state.Find(job)!.Id, "ann"),
        ["started", var job] => new WorkflowEvent.JobStarted(state.Find(job)!.Attempt),
        ["lost", var job] => new WorkflowEvent.InfrastructureRetry(state.Find(job)!.Attempt, "the machine does not answer"),
        [var outcome, var job] => new WorkflowEvent.JobEnded(state.Find(job)!.Attempt, Enum.Parse<JobOutcome>(outcome, ignoreCase: true)),
        _ => throw new ArgumentException(string.Join(' ', words), nameof(words)),
    };

    private void Repeat(WorkflowState ended, string how, string to)
    {
        var request = new RerunRequest { Id = Sample.NewWorkflow(), NewJobId = Sample.NewJob, RerunsSoFar = 0, Now = _now, By = "ann" };
        var result = how switch
        {
            "failed" => Rerun.FromFailed(ended, request),
            "start" => Rerun.FromStart(ended, request),
            "automatically" => Rerun.Automatically(ended, request),
            _ => Rerun.Jobs(ended, [.. how.Split(',').Select(job => ended.Find(job)!.Id)], request),
        };
        if (result is RerunResult.Begun { Plan: var plan })
        {
            Write(to, plan.State.Workspace == ended.Workspace && plan.State.Id != ended.Id ? "new workflow, same workspace" : "wrong ids");
            Take(to, plan);
        }
        else if (result is RerunResult.Refused refused)
        {
            Write(to, $"refused: {refused.Reason}");
        }
    }

    private void Take(string label, Planned planned)
    {
        _runs[label] = planned.State;
        _labels[planned.State.Id] = label;
        if (planned.Ignored is { } why)
            Write(label, $"ignored: {why}");
        foreach (var decision in planned.Decisions)
        {
            Write(label, Sample.Words(planned.State, decision));
            if (decision is Decision.RequestLock wanted)
                _next.Enqueue(() => Tell(_queue.Request(wanted.Key, TicketOf(planned.State, wanted.Job), _now)));
            else if (decision is Decision.ReleaseLock given)
                _next.Enqueue(() => Tell(_queue.Release(given.Key, planned.State.Id, given.Job)));
        }
    }

    private static SerialTicket TicketOf(WorkflowState state, JobId job) => new(state.Id, job, state.Project, state.PipelineNumber);

    private void Tell(SerialTurn turn)
    {
        _queue = turn.Queue;
        foreach (var decision in turn.Decisions)
        {
            switch (decision)
            {
                case SerialDecision.Granted granted:
                    Hear(granted.Ticket, $"has the lock {granted.Key}", new WorkflowEvent.LockGranted(granted.Ticket.Job));
                    break;
                case SerialDecision.Refused refused:
                    Hear(refused.Ticket, $"is refused the lock: {refused.Reason}", new WorkflowEvent.LockRefused(refused.Ticket.Job, refused.Reason));
                    break;
                case SerialDecision.TimedOut late:
                    Hear(late.Ticket, "waited too long", new WorkflowEvent.LockTimedOut(late.Ticket.Job));
                    break;
                case SerialDecision.Waits waits:
                    Write(_labels[waits.Ticket.Workflow], $"waits at place {waits.Place}");
                    break;
            }
        }
    }

    private void Hear(SerialTicket ticket, string words, WorkflowEvent happened)
    {
        var label = _labels[ticket.Workflow];
        Write(label, words);
        Take(label, Planner.Apply(_runs[label], happened, _now));
    }

    private void Show(string label, WorkflowState state)
    {
        Write(label, $"workflow {state.Status.ToApiText()}{(state.AutoRerunNumber > 0 ? $", auto-rerun {state.AutoRerunNumber}" : "")}");
        foreach (var job in state.Jobs)
            Write(label, $"  {job.Name}: {job.Status.ToApiText()}{(job.CarriedOverFrom is null ? "" : " (carried over)")}{(job.Reason.Length == 0 ? "" : $", {job.Reason}")}");
    }

    private void Write(string label, string words) => _output.Append("  ").Append(label).Append(": ").Append(words).Append('\n');
}
