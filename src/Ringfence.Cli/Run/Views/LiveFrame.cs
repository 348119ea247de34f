using System.Globalization;
using Ringfence.Cli.Graph;
using Ringfence.Cli.Output;
using Ringfence.Runner.Jobs;
using Ringfence.Workflows;

namespace Ringfence.Cli.Run.Views;

/// <summary>Draws how a run stands at one moment, as the graph of its workflows, into a given room. Knows nothing of cursors.</summary>
internal sealed class LiveFrame
{
    private const int WidestName = 40;
    private const int TimeWidth = 8;

    private readonly RunBoard _board;
    private readonly DateTimeOffset _now;
    private readonly OutputTraits _traits;
    private readonly LiveDetail _detail;
    private readonly FrameLines _lines;
    private readonly RunSymbols _symbols;
    private readonly GraphSymbols _graph;

    private LiveFrame(RunBoard board, DateTimeOffset now, OutputTraits traits, LiveDetail detail)
    {
        (_board, _now, _traits, _detail) = (board, now, traits, detail);
        _lines = new FrameLines(traits);
        _symbols = RunSymbols.Of(traits);
        _graph = traits.Unicode ? GraphSymbols.Unicode : GraphSymbols.Ascii;
    }

    /// <summary>The frame with the most detail that fits; its last line is the question that waits for an answer, if there is one.</summary>
    public static StyledText Draw(RunBoard board, DateTimeOffset now, OutputTraits traits, int height)
    {
        StyledText? text = null;
        foreach (var detail in LiveDetail.All)
        {
            text = new LiveFrame(board, now, traits, detail).Draw();
            if (text.Lines.Count <= height)
                return text;
        }

        return Cropped(text!, traits, height);
    }

    // The end is kept: the question stands there.
    private static StyledText Cropped(StyledText text, OutputTraits traits, int height)
    {
        var room = Math.Max(1, height - 1);
        var cropped = new StyledText();
        var left = text.Lines.Count - room;
        if (height > 1)
            cropped.Line(string.Create(CultureInfo.InvariantCulture, $"{RunSymbols.Of(traits).Cut} {left} more lines"), Tone.Faint);
        foreach (var line in text.Lines.Skip(left))
        {
            foreach (var piece in line)
                cropped.Add(piece.Text, piece.Tone);
            cropped.EndLine();
        }

        return cropped;
    }

    private StyledText Draw()
    {
        foreach (var workflow in _board.Workflows)
        {
            // What a rerun has replaced is history.
            if (!workflow.Status.IsFinal() || !_board.Workflows.Any(w => w.Name == workflow.Name && w.AutoRerun > workflow.AutoRerun))
                DrawWorkflow(workflow);
        }

        if (_board.NextApproval is not { } asked)
            return _lines.Text;
        if (_detail.Arrows)
            _lines.End();
        _lines.Add(_symbols.Asks + " ", Tone.Warning).Add("Approve ").Add(Shown($"{asked.Workflow.Name}/{asked.Job.Plan.Name}"), Tone.Strong).Add("? [y/n]").End();
        return _lines.Text;
    }

    private void DrawWorkflow(WorkflowRecord workflow)
    {
        if (_detail.Arrows)
            _lines.End();
        var done = workflow.Jobs.Count(j => j.Status.IsFinal());
        _lines.Add(Shown(workflow.Title), Tone.Strong).Add("  ").Add(workflow.Status.ToApiText(), RunSymbols.ToneOf(workflow.Status))
            .Add("  " + ElapsedText.Of((workflow.EndedAt ?? _now) - workflow.StartedAt), Tone.Faint)
            .Add(string.Create(CultureInfo.InvariantCulture, $"  {done} of {workflow.Jobs.Count} {(workflow.Jobs.Count == 1 ? "job" : "jobs")} done"), Tone.Faint).End();
        if (_detail.Folded)
        {
            DrawFolded(workflow);
            return;
        }

        var nameWidth = WidthOfNames(workflow.Jobs);
        var last = workflow.Jobs.Count == 0 ? 0 : workflow.Jobs[^1].Stage;
        var stageWidth = last.ToString(CultureInfo.InvariantCulture).Length + 1;
        foreach (var stage in workflow.Jobs.GroupBy(j => j.Stage))
        {
            var jobs = stage.ToArray();
            for (var i = 0; i < jobs.Length; i++)
            {
                var connector = (jobs.Length, i) switch
                {
                    (1, _) => _graph.Only,
                    (_, 0) => _graph.First,
                    _ => i == jobs.Length - 1 ? _graph.Last : _graph.Middle,
                };
                var number = i == 0 ? stage.Key.ToString(CultureInfo.InvariantCulture) : "";
                var below = new string(' ', stageWidth + 1) + (i < jobs.Length - 1 ? _graph.Through : " ") + "    ";
                _lines.Add(number.PadLeft(stageWidth) + " " + connector + " ", Tone.Frame);
                DrawJob(workflow, jobs[i], nameWidth, below);
            }

            if (_detail.Arrows && stage.Key < last)
                _lines.Add(new string(' ', stageWidth + 1) + _graph.Next, Tone.Frame).End();
        }
    }

    private void DrawFolded(WorkflowRecord workflow)
    {
        var shown = workflow.Jobs.Where(j => j.Status is JobStatus.Running or JobStatus.OnHold || j.Status.IsFailure()).ToArray();
        var nameWidth = WidthOfNames(shown);
        foreach (var job in shown)
        {
            _lines.Add("  ");
            DrawJob(workflow, job, nameWidth, "    ");
        }

        var counts = workflow.Jobs.Where(j => j.Status is not (JobStatus.Running or JobStatus.OnHold) && !j.Status.IsFailure())
            .GroupBy(j => j.Status).OrderBy(g => g.Key)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key.ToApiText()}")).ToArray();
        if (counts.Length > 0)
            _lines.Add("  " + string.Join(", ", counts), Tone.Faint).End();
    }

    private void DrawJob(WorkflowRecord workflow, JobRecord job, int nameWidth, string below)
    {
        var title = new ShownText(_traits).Cut(Title(job), nameWidth);
        var tone = RunSymbols.ToneOf(job.Status);
        _lines.Add(_symbols.Of(job.Status, _now) + " ", tone).Add(title, tone == Tone.Faint ? Tone.Faint : Tone.Plain)
            .Add(new string(' ', Math.Max(0, nameWidth - DisplayText.Width(title))))
            .Add((job.Elapsed(_now) is { } elapsed ? ElapsedText.Of(elapsed) : "").PadLeft(TimeWidth) + "  ", Tone.Faint);
        if (job.Status.IsFailure())
        {
            DrawFailure(workflow, job, below);
            return;
        }

        // A parallel run may have failed while others go on.
        var running = job.Nodes.Where(n => n.Result is null).ToArray();
        if (job.Status == JobStatus.Running && running.Length > 0)
        {
            DrawRunning(job, running, below);
            return;
        }

        _lines.Add(State(workflow, job), Tone.Faint).End();
    }

    private void DrawRunning(JobRecord job, NodeRecord[] running, string below)
    {
        if (job.Count == 1)
        {
            _lines.Add(StepOf(running[0])).End();
            DrawOutput(running[0], below);
            return;
        }

        var failed = job.FailedNodes.Count();
        var done = job.Nodes.Count(n => n.Result is not null);
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{done} of {job.Count} done"), Tone.Faint);
        if (failed > 0)
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $", {failed} failed"), Tone.Error);
        _lines.End();
        if (!_detail.Output)
            return;
        foreach (var node in running)
        {
            _lines.Add(below, Tone.Frame).Add(string.Create(CultureInfo.InvariantCulture, $"[{node.Node}] "), Tone.Advice).Add(StepOf(node));
            if (LastOutput(node) is { Length: > 0 } output)
                _lines.Add("  " + output, Tone.Faint);
            _lines.End();
        }

        DrawFailedNodes(job, below);
    }

    private void DrawOutput(NodeRecord node, string below)
    {
        if (_detail.Output && LastOutput(node) is { Length: > 0 } output)
            _lines.Add(below + _symbols.Bar + " ", Tone.Frame).Add(output, Tone.Faint).End();
    }

    private void DrawFailure(WorkflowRecord workflow, JobRecord job, string below)
    {
        _lines.Add(job.Count == 1 && job.FailedNodes.FirstOrDefault() is { } only ? Shown(FailureText.Of(only)) : job.Reason.Length > 0 ? Shown(job.Reason) : job.Status.ToApiText(), Tone.Error).End();
        if (_detail.Tail == 0)
            return;
        DrawFailedNodes(job, below);
        _lines.Add(below, Tone.Frame).Add($"{_symbols.Arrow} {Shown(FailureText.RunAgain(workflow, job, _board))}", Tone.Advice).End();
        _lines.Add(below, Tone.Frame).Add($"{_symbols.Arrow} {FailureText.GoOn}", Tone.Advice).End();
    }

    private void DrawFailedNodes(JobRecord job, string below)
    {
        if (_detail.Tail == 0)
            return;
        foreach (var node in job.FailedNodes)
        {
            if (job.Count > 1)
                _lines.Add(below, Tone.Frame).Add($"[{node.Node.ToString(CultureInfo.InvariantCulture)}] " + Shown(FailureText.Of(node)), Tone.Error).End();
            foreach (var line in node.FailedStep?.Tail.Lines(_detail.Tail) ?? [])
                _lines.Add(below + _symbols.Bar + " ", Tone.Frame).Add(Shown(line)).End();
        }
    }

    private string State(WorkflowRecord workflow, JobRecord job) => job switch
    {
        { Status: JobStatus.Success } => Fold(job),
        { Reason.Length: > 0 } => $"{job.Status.ToApiText()}: {Shown(job.Reason)}",
        { Status: JobStatus.Blocked, Plan.Requires.Length: > 0 } => "waits for " + Shown(string.Join(", ", job.Plan.Requires.Where(r => !workflow.Jobs.Any(j => j.Plan.Name == r && j.Status == JobStatus.Success)))),
        { Status: JobStatus.OnHold } => "waits for approval",
        _ => job.Status.ToApiText(),
    };

    private static string Fold(JobRecord job)
    {
        var results = job.Nodes.Select(n => n.Result).OfType<JobResult>().ToArray();
        var notes = new List<string>();
        var (hits, asked, tests) = (results.Sum(r => r.CacheHits), results.Sum(r => r.CacheHits + r.CacheMisses), results.Sum(r => r.Tests));
        if (tests > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{tests} tests"));
        if (asked > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{hits} of {asked} caches"));
        return string.Join(", ", notes);
    }

    private string StepOf(NodeRecord node)
    {
        if (node.Current is not { } step)
            return "";
        var again = step.Start.Attempt > 0 ? string.Create(CultureInfo.InvariantCulture, $" (attempt {step.Start.Attempt + 1})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Shown(step.Start.Name)}{again} {_symbols.Dot} {ElapsedText.Of(_now - step.StartedAt)}");
    }

    private string LastOutput(NodeRecord node) => Shown(node.Current?.Tail.LastLine() ?? "");

    private static int WidthOfNames(IEnumerable<JobRecord> jobs) => Math.Min(WidestName, jobs.Select(j => DisplayText.Width(Title(j))).DefaultIfEmpty().Max());

    private static string Title(JobRecord job) => DisplayText.Escape(job.Plan.Name) + (job.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" x{job.Count}") : "");

    private string Shown(string text) => new ShownText(_traits).Of(text);
}
