using System.Globalization;
using Ringfence.Cli.Output;
using Ringfence.Workflows;

namespace Ringfence.Cli.Run.Views;

/// <summary>What came of a run, for a person: a table of each workflow's jobs, what failed and how to go on, and where everything lies.</summary>
internal static class Summary
{
    private const int WidestName = 48;
    private static readonly string[] Headings = ["", "job", "status", "time", "caches", "tests", "artifacts"];

    /// <summary>The summary of a run that has ended.</summary>
    public static StyledText Of(RunBoard board, DateTimeOffset now, OutputTraits traits)
    {
        var text = new StyledText();
        foreach (var workflow in board.Workflows)
            AddTable(text, workflow, now, traits);
        foreach (var skipped in board.Skipped)
            AddSkipped(text, skipped, traits);
        foreach (var workflow in board.Workflows)
        {
            foreach (var job in workflow.Jobs.Where(j => j.Status.IsFailure()))
                AddFailure(text, board, workflow, job, traits);
        }

        foreach (var workflow in board.Workflows)
        {
            foreach (var job in workflow.Jobs.Where(j => j.Status == JobStatus.Unauthorized))
                AddDenied(text, workflow, job, traits);
        }

        foreach (var workflow in board.Workflows)
            CaughtText.Add(text, workflow, traits);
        AddEnd(text, board, now, traits);
        return text;
    }

    private static void AddTable(StyledText text, WorkflowRecord workflow, DateTimeOffset now, OutputTraits traits)
    {
        var shown = new ShownText(traits);
        text.Add(shown.Of(workflow.Title), Tone.Strong).Add("  ").Add(workflow.Status.ToApiText(), RunSymbols.ToneOf(workflow.Status))
            .Add("  " + ElapsedText.Of((workflow.EndedAt ?? now) - workflow.StartedAt), Tone.Faint).EndLine();
        var rows = workflow.Jobs.Select(j => Row(j, now, traits)).ToArray();
        var widths = Enumerable.Range(0, Headings.Length)
            .Select(c => rows.Length == 0 || rows.All(r => r[c].Length == 0) ? 0 : rows.Select(r => DisplayText.Width(r[c])).Append(Headings[c].Length).Max())
            .ToArray();
        if (rows.Length > 0)
            AddRow(text, Headings, widths, _ => Tone.Faint);
        for (var i = 0; i < rows.Length; i++)
        {
            var job = workflow.Jobs[i];
            AddRow(text, rows[i], widths, c => c is 0 or 2 ? RunSymbols.ToneOf(job.Status) : c == 1 ? Tone.Plain : Tone.Faint, end: false);
            if (job.Reason.Length > 0)
                text.Add("  " + shown.Cut(job.Reason, Math.Max(30, traits.Width - widths.Sum(w => w == 0 ? 0 : w + 2) - 4)), Tone.Faint);
            text.EndLine();
        }

        text.Line();
    }

    private static string[] Row(JobRecord job, DateTimeOffset now, OutputTraits traits)
    {
        var results = job.Nodes.Select(n => n.Result).OfType<Runner.Jobs.JobResult>().ToArray();
        var (hits, asked) = (results.Sum(r => r.CacheHits), results.Sum(r => r.CacheHits + r.CacheMisses));
        var (tests, failed, artifacts) = (results.Sum(r => r.Tests), results.Sum(r => r.FailedTests.Length), results.Sum(r => r.Artifacts.Length));
        var culture = CultureInfo.InvariantCulture;
        return
        [
            RunSymbols.Of(traits).Of(job.Status, now),
            new ShownText(traits).Cut(job.Plan.Name, WidestName) + (job.Count > 1 ? string.Create(culture, $" x{job.Count}") : ""),
            job.Status.ToApiText(),
            job.Elapsed(now) is { } elapsed ? ElapsedText.Of(elapsed) : "",
            asked == 0 ? "" : string.Create(culture, $"{hits}/{asked} hit"),
            tests == 0 ? "" : failed == 0 ? string.Create(culture, $"{tests} passed") : string.Create(culture, $"{failed}/{tests} failed"),
            artifacts == 0 ? "" : artifacts.ToString(culture),
        ];
    }

    private static void AddRow(StyledText text, string[] cells, int[] widths, Func<int, Tone> tone, bool end = true)
    {
        for (var c = 0; c < cells.Length; c++)
        {
            if (widths[c] == 0 && c > 0)
                continue;
            text.Add((c > 1 ? "  " : " ") + cells[c], tone(c)).Add(new string(' ', Math.Max(0, Math.Max(1, widths[c]) - DisplayText.Width(cells[c]))));
        }

        if (end)
            text.EndLine();
    }

    private static void AddSkipped(StyledText text, RunEvent.WorkflowSkipped skipped, OutputTraits traits)
    {
        var shown = new ShownText(traits);
        text.Add(shown.Of(skipped.Name), Tone.Strong).Add("  does not run", Tone.Warning).EndLine();
        text.Line("  " + shown.Of(skipped.Reason)).Line();
    }

    private static void AddFailure(StyledText text, RunBoard board, WorkflowRecord workflow, JobRecord job, OutputTraits traits)
    {
        var shown = new ShownText(traits);
        var symbol = RunSymbols.Of(traits).Of(job.Status, default);
        // What happened to several parallel runs alike, such as an image that none of them got, is told once.
        foreach (var alike in job.FailedNodes.GroupBy(FailureText.Whole))
        {
            var node = alike.First();
            text.Add($"{symbol} ", Tone.Error).Add(shown.Of($"{workflow.Title}/{job.Plan.Name}{job.NodeSuffix(alike.Select(n => n.Node))}"), Tone.Strong).Add("  " + shown.Of(FailureText.Of(node)), Tone.Error).EndLine();
            if (FailureText.Reason(node) is { Length: > 0 } reason)
                text.Line("  " + shown.Of(reason));
            text.Append(FailureText.LastLines(node, traits, OutputTail.ShownLines, "  "));
            foreach (var test in (node.Result?.FailedTests ?? []).Take(OutputTail.ShownLines))
                text.Line("  failed test: " + shown.Cut(test, Math.Max(20, traits.Width - 16)));
        }

        text.Add("  " + FailureText.AgainLabel(workflow), Tone.Faint).Line(shown.Of(FailureText.RunAgain(workflow, job, board))).Line();
    }

    private static void AddDenied(StyledText text, WorkflowRecord workflow, JobRecord job, OutputTraits traits)
    {
        var shown = new ShownText(traits);
        text.Add($"{RunSymbols.Of(traits).Of(job.Status, default)} ", Tone.Warning).Add(shown.Of($"{workflow.Title}/{job.Plan.Name}"), Tone.Strong).Add("  got no secrets, so it did not run", Tone.Warning).EndLine();
        text.Line("  " + shown.Of(job.Reason)).Line();
    }

    private static void AddEnd(StyledText text, RunBoard board, DateTimeOffset now, OutputTraits traits)
    {
        var shown = new ShownText(traits);
        var jobs = board.Workflows.SelectMany(w => w.Jobs).ToArray();
        var after = $" after {ElapsedText.Of((board.Ended?.At ?? now) - (board.Started?.At ?? now))}";
        var (word, tone, more) = board.Ended switch
        {
            { Succeeded: true } when !jobs.Any(j => j.Status == JobStatus.Success) => ("Nothing ran", Tone.Warning, Unrunnable(jobs, ": ")),
            { Succeeded: true } => ("Succeeded", Tone.Good, after + Unrunnable(jobs, "; ")),
            { Canceled: true } => ("Canceled", Tone.Warning, after),
            _ => ("Failed", Tone.Error, after),
        };
        text.Add(word, tone).Line(more + ".");
        if (jobs.Any(j => j.Status.IsFailure() || j.Status == JobStatus.Canceled))
            text.Add("  go on from here  ", Tone.Faint).Line(FailureText.GoOn);
        if ((board.Ended?.Folder ?? board.Started?.Folder) is not { Length: > 0 } folder)
            return;
        text.Add("  logs             ", Tone.Faint).Line(shown.Of(Path.Combine(folder, LogFilesView.LogFolder)));
        if (jobs.Any(j => j.Nodes.Any(n => n.Result?.Artifacts.Length > 0)))
            text.Add("  artifacts        ", Tone.Faint).Line(shown.Of(Path.Combine(folder, "artifacts")));
    }

    // Whoever sees only the last lines must not take what ran for the whole pipeline.
    private static string Unrunnable(IEnumerable<JobRecord> jobs, string before) => jobs.Count(j => j.Reason.StartsWith(JobRecord.CannotRunHere, StringComparison.Ordinal)) switch
    {
        0 => "",
        1 => before + "one job cannot run here",
        var count => string.Create(CultureInfo.InvariantCulture, $"{before}{count} jobs cannot run here"),
    };
}
