using Ringfence.Runner.Jobs;
using Ringfence.Workflows;

namespace Ringfence.Cli.Run.Views;

/// <summary>What is known of a run so far, made from its events; the views read it. For one thread.</summary>
internal sealed class RunBoard
{
    private readonly List<WorkflowRecord> _workflows = [];
    private readonly Dictionary<WorkflowId, WorkflowRecord> _byId = [];
    private readonly List<RunEvent.WorkflowSkipped> _skipped = [];
    private readonly List<(WorkflowRecord Workflow, JobRecord Job)> _approvals = [];

    /// <summary>What a command needs to run parts of this again as they ran, with a blank before each word; may be empty.</summary>
    public string Options { get; init; } = "";

    /// <summary>How the run began; null before.</summary>
    public RunEvent.PipelineStarted? Started { get; private set; }

    /// <summary>How the run ended; null before.</summary>
    public RunEvent.PipelineEnded? Ended { get; private set; }

    /// <summary>The workflows, in the order in which they began.</summary>
    public IReadOnlyList<WorkflowRecord> Workflows => _workflows;

    /// <summary>The workflows that do not run.</summary>
    public IReadOnlyList<RunEvent.WorkflowSkipped> Skipped => _skipped;

    /// <summary>The job whose approval a person is asked for now; null when there is none. The others wait until it is answered.</summary>
    public (WorkflowRecord Workflow, JobRecord Job)? NextApproval => _approvals.Count > 0 ? _approvals[0] : null;

    /// <summary>A workflow that has begun.</summary>
    public WorkflowRecord Workflow(WorkflowId id) => _byId[id];

    /// <summary>Takes an event in.</summary>
    public void Apply(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.PipelineStarted started:
                Started ??= started;
                break;
            case RunEvent.WorkflowSkipped skipped:
                _skipped.Add(skipped);
                break;
            case RunEvent.WorkflowStarted started:
                var workflow = new WorkflowRecord(started.Name, started.AutoRerun, started.Jobs, started.At) { IsContinued = started.IsContinued };
                _workflows.Add(workflow);
                _byId[started.Workflow] = workflow;
                break;
            case RunEvent.WorkflowChanged changed:
                Change(_byId[changed.Workflow], changed);
                break;
            case RunEvent.JobChanged changed:
                Change(_byId[changed.Workflow], changed);
                break;
            case RunEvent.ApprovalNeeded needed:
                var asked = _byId[needed.Workflow].Job(needed.Job);
                asked.AsksPerson = true;
                asked.Status = JobStatus.OnHold;
                _approvals.Add((_byId[needed.Workflow], asked));
                break;
            case RunEvent.JobStarted started:
                var job = Job(started.Job);
                job.Count = Math.Max(1, started.Nodes);
                job.StartedAt ??= started.At;
                job.EndedAt = null;
                job.Begin(started.Job.Node, started.At);
                break;
            case RunEvent.StepStarted started:
                Node(started.Job, started.At).Begin(started.Step, started.At);
                break;
            case RunEvent.StepOutput output:
                Node(output.Job, output.At).Step(output.Step)?.Tail.Add(output.Bytes.Span);
                break;
            case RunEvent.StepEnded ended:
                End(Node(ended.Job, ended.At), ended);
                break;
            case RunEvent.JobEnded ended:
                End(Job(ended.Job), Node(ended.Job, ended.At), ended);
                break;
            case RunEvent.PipelineEnded ended:
                Ended = ended;
                break;
        }
    }

    /// <summary>The job of a parallel run.</summary>
    public JobRecord Job(JobRunKey key) => _byId[key.Workflow].Job(key.Job);

    /// <summary>What is known of a parallel run.</summary>
    public NodeRecord Node(JobRunKey key, DateTimeOffset at)
    {
        var job = Job(key);
        if (job.Node(key.Node) is null)
            job.Begin(key.Node, at);
        return job.Node(key.Node)!;
    }

    private static void Change(WorkflowRecord workflow, RunEvent.WorkflowChanged changed)
    {
        workflow.Status = changed.Status;
        workflow.EndedAt = changed.Status.IsFinal() ? changed.At : null;
    }

    private void Change(WorkflowRecord workflow, RunEvent.JobChanged changed)
    {
        var job = workflow.Job(changed.Job);
        (job.Status, job.Reason) = (changed.Status, changed.Reason);
        if (changed.Status.IsFinal() && job.StartedAt is not null)
            job.EndedAt ??= changed.At;
        if (changed.Status != JobStatus.OnHold && job.AsksPerson)
        {
            job.AsksPerson = false;
            _approvals.RemoveAll(a => ReferenceEquals(a.Job, job));
        }
    }

    private static void End(NodeRecord node, RunEvent.StepEnded ended)
    {
        if (node.Step(ended.Step.Step) is not { } step)
            return;
        step.End = ended.Step;
        if (ended.Step.Outcome is StepOutcome.Success or StepOutcome.Skipped && !step.Start.IsBackground)
            step.ForgetOutput();
    }

    private static void End(JobRecord job, NodeRecord node, RunEvent.JobEnded ended)
    {
        node.Result = ended.Result;
        foreach (var step in node.Steps.Where(s => !s.Failed && s != node.FailedStep))
            step.ForgetOutput();
        if (job.Nodes.Count >= job.Count && job.Nodes.All(n => n.Result is not null))
            job.EndedAt = ended.At;
    }
}
