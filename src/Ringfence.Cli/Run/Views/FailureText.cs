using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Runner.Jobs;

namespace Ringfence.Cli.Run.Views;

/// <summary>Says what went wrong in a job.</summary>
internal static class FailureText
{
    /// <summary>One line: the step and how it ended, or why there is none.</summary>
    public static string Of(NodeRecord node)
    {
        if (node.FailedStep is not { } step)
            return node.Result is { Reason.Length: > 0 } result ? result.Reason : OutcomeWord(node.Result?.Outcome);
        return string.Create(CultureInfo.InvariantCulture, $"{step.Ending} in step {step.Start.Step + 1} \"{step.Start.Name}\"");
    }

    /// <summary>Why the job ended so, unless <see cref="Of"/> or the last lines say it already; or nothing.</summary>
    public static string Reason(NodeRecord node) =>
        node.FailedStep is { } step && node.Result is { Reason: var reason } && !step.Tail.Lines(OutputTail.ShownLines).Contains(reason) ? reason : "";

    /// <summary>All that is told of a failure: the same for parallel runs that failed alike.</summary>
    public static string Whole(NodeRecord node) =>
        string.Join('\n', [Of(node), Reason(node), .. node.FailedStep?.Tail.Lines(OutputTail.ShownLines) ?? [], .. node.Result?.FailedTests ?? []]);

    /// <summary>The last lines of the step that failed, each behind a bar.</summary>
    public static StyledText LastLines(NodeRecord node, OutputTraits traits, int count, string indent)
    {
        var text = new StyledText();
        var bar = indent + RunSymbols.Of(traits).Bar + " ";
        var width = Math.Max(20, traits.Width - bar.Length - 1);
        foreach (var line in node.FailedStep?.Tail.Lines(count) ?? [])
            text.Add(bar, Tone.Frame).Line(new ShownText(traits).Cut(line, width));
        return text;
    }

    /// <summary>What stands before <see cref="RunAgain"/>.</summary>
    public static string AgainLabel(WorkflowRecord workflow) => workflow.IsContinued ? "run it again: " : "run it alone: ";

    /// <summary>The command that runs a job alone. The config of the project has no job that a setup workflow brought: what failed of those runs again together.</summary>
    public static string RunAgain(WorkflowRecord workflow, JobRecord job, RunBoard board)
    {
        if (workflow.IsContinued)
            return GoOn;
        var choice = board.Workflows.Count + board.Skipped.Count > 1 ? $" --workflow {ShownText.ShellWord(workflow.Name)}" : "";
        return $"ringfence run{board.Options}{choice} --job {ShownText.ShellWord(job.Plan.Name)}";
    }

    /// <summary>The command that goes on where a run failed.</summary>
    public static string GoOn => "ringfence rerun --from-failed";

    /// <summary>The outcome as the word that readers of a JSON line get.</summary>
    public static string OutcomeWord(JobOutcome? outcome) => outcome switch
    {
        JobOutcome.Success => "success",
        JobOutcome.Failed => "failed",
        JobOutcome.TimedOut => "timedout",
        JobOutcome.Canceled => "canceled",
        JobOutcome.Unauthorized => "unauthorized",
        JobOutcome.InfrastructureFail => "infrastructure_fail",
        _ => "running",
    };

    /// <summary>The outcome of a step as the API words it (EX-6.18).</summary>
    public static string OutcomeWord(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Success => "success",
        StepOutcome.Failed => "failed",
        StepOutcome.TimedOut => "timedout",
        StepOutcome.Canceled => "canceled",
        StepOutcome.Skipped => "skipped",
        StepOutcome.InfrastructureFail => "infrastructure_fail",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
