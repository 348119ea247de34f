using System.Globalization;
using System.Text;
using Ringfence.Cli.Output;
using Ringfence.Runner.Jobs;
using Ringfence.Workflows;

namespace Ringfence.Cli.Run.Views;

/// <summary>Shows a run line by line: for logs, pipes and people who do not want it to move.</summary>
internal sealed class PlainView(RunBoard board, TextWriter writer, OutputTraits traits) : IRunView
{
    // Of a progress bar, which writes its line over and over, one state is shown in so long a time; all are in the log file.
    private static readonly TimeSpan BetweenStates = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(JobRunKey Job, int Step), StepLines> _steps = [];
    private readonly ShownText _shown = new(traits);
    private readonly StringBuilder _line = new();
    private readonly char[] _ascii = new char[8 * LineCutter.Longest];

    public void Show(RunEvent happened)
    {
        if (happened is RunEvent.StepOutput output)
        {
            if (board.Node(output.Job, output.At).Step(output.Step)?.Start is { } start && IsRoutine(start))
                return;
            WriteLines(LinesOf(output.Job, output.Step), output.Bytes.Span, output.At);
            return;
        }

        ShowChange(happened);
        writer.Flush();
    }

    public void Tick(DateTimeOffset now) => writer.Flush();

    public void Dispose()
    {
        foreach (var lines in _steps.Values)
            lines.Cutter.End(lines.Take);
        _steps.Clear();
        writer.Flush();
    }

    private void ShowChange(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.PipelineStarted started:
                Write(RunHeader.Of(started, traits));
                break;
            case RunEvent.WorkflowSkipped skipped:
                Say(skipped.At, text => text.Add(_shown.Of(skipped.Name)).Add(" does not run: ", Tone.Warning).Add(_shown.Of(skipped.Reason)));
                break;
            case RunEvent.WorkflowStarted started:
                var count = started.Jobs.Length == 1 ? "1 job" : string.Create(CultureInfo.InvariantCulture, $"{started.Jobs.Length} jobs");
                Say(started.At, text => text.Add(_shown.Of(board.Workflow(started.Workflow).Title), Tone.Strong).Add($": workflow of {count}"));
                break;
            case RunEvent.WorkflowChanged changed:
                Say(changed.At, text => text.Add(_shown.Of(board.Workflow(changed.Workflow).Title), Tone.Strong).Add(": workflow ").Add(changed.Status.ToApiText(), RunSymbols.ToneOf(changed.Status)));
                break;
            case RunEvent.JobChanged changed when changed.Status == JobStatus.NotRunning || IsTold(changed):
                break;
            case RunEvent.JobChanged changed:
                var reason = changed.Reason.Length > 0 ? $" ({_shown.Of(changed.Reason)})" : "";
                Say(changed.At, text => text.Add(_shown.Of($"{board.Workflow(changed.Workflow).Name}/{changed.Job}")).Add(": ").Add(changed.Status.ToApiText(), RunSymbols.ToneOf(changed.Status)).Add(reason));
                break;
            case RunEvent.ApprovalNeeded needed:
                Say(needed.At, text => text.Add(_shown.Of($"{board.Workflow(needed.Workflow).Name}/{needed.Job}")).Add(": waits for your approval; press y to let it pass, n to cancel it", Tone.Warning));
                break;
            case RunEvent.JobStarted { Nodes: > 1 } started:
                Say(started.At, text => text.Add(NameOf(started.Job)).Add(string.Create(CultureInfo.InvariantCulture, $": run {started.Job.Node + 1} of {started.Nodes} begins")));
                break;
            case RunEvent.StepStarted started when IsRoutine(started.Step):
                break;
            case RunEvent.StepStarted started:
                EndLines(started.Job, started.Step.Step);
                Say(started.At, text => text.Add(NameOf(started.Job)).Add(": ").Add(StepTitle(started.Step), Tone.Strong));
                break;
            case RunEvent.StepEnded ended:
                EndLines(ended.Job, ended.Step.Step);
                if (ended.Step.Outcome != StepOutcome.Success)
                    ShowStepEnd(ended);
                break;
            case RunEvent.JobEnded ended:
                EndLines(ended.Job, step: null);
                ShowJobEnd(ended);
                break;
            case RunEvent.Notice notice:
                Say(notice.At, text => text.Add(notice.IsWarning ? "warning: " : "note: ", notice.IsWarning ? Tone.Warning : Tone.Advice).Add(_shown.Of(notice.Text)));
                break;
            case RunEvent.PipelineEnded ended:
                Dispose();
                Write(new StyledText().Line().Append(Summary.Of(board, ended.At, traits)));
                break;
        }
    }

    // The list of variables is the same for every job but for some numbers; it is in the log file.
    private static bool IsRoutine(StepStart step) => step.Kind is "environment";

    // The end of the only run of a job was the end of the job.
    private bool IsTold(RunEvent.JobChanged changed) =>
        board.Workflow(changed.Workflow).Job(changed.Job) is { Count: 1, Nodes: [{ Result: { } result }] }
        && FailureText.OutcomeWord(result.Outcome) == changed.Status.ToApiText()
        && (changed.Reason.Length == 0 || changed.Reason == result.Reason);

    private void ShowStepEnd(RunEvent.StepEnded ended)
    {
        var step = board.Node(ended.Job, ended.At).Step(ended.Step.Step);
        var title = step is null ? string.Create(CultureInfo.InvariantCulture, $"step {ended.Step.Step + 1}") : StepTitle(step.Start);
        var tone = step is { Failed: true } ? Tone.Error : Tone.Warning;
        Say(ended.At, text => text.Add(NameOf(ended.Job)).Add($": {title}: ").Add(step?.Ending ?? FailureText.OutcomeWord(ended.Step.Outcome), tone).Add(ended.Step.Outcome == StepOutcome.Skipped ? "" : " after " + ElapsedText.Of(ended.Step.Duration)));
    }

    private void ShowJobEnd(RunEvent.JobEnded ended)
    {
        var node = board.Node(ended.Job, ended.At);
        var reason = ended.Result.Reason.Length > 0 ? $" ({_shown.Of(ended.Result.Reason)})" : "";
        var tone = node.Failed ? Tone.Error : ended.Result.Outcome == JobOutcome.Success ? Tone.Good : Tone.Warning;
        Say(ended.At, text => text.Add(NameOf(ended.Job)).Add(": ").Add(FailureText.OutcomeWord(ended.Result.Outcome), tone).Add(" after " + ElapsedText.Of(ended.Result.Duration)).Add(reason));
        if (!node.Failed)
            return;
        Write(FailureText.LastLines(node, traits, OutputTail.ShownLines, "          "));
        var record = board.Workflow(ended.Job.Workflow);
        Write(new StyledText().Add("          " + FailureText.AgainLabel(record), Tone.Faint).Line(_shown.Of(FailureText.RunAgain(record, board.Job(ended.Job), board))));
    }

    private string StepTitle(StepStart step)
    {
        var again = step.Attempt > 0 ? string.Create(CultureInfo.InvariantCulture, $" (attempt {step.Attempt + 1})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"step {step.Step + 1} \"{_shown.Of(step.Name)}\"{(step.IsBackground ? " in the background" : "")}{again}");
    }

    private string NameOf(JobRunKey key) => _shown.Of($"{board.Workflow(key.Workflow).Name}/{key.Job}") + board.Job(key).NodeSuffix(key.Node);

    private void Say(DateTimeOffset at, Func<StyledText, StyledText> rest) =>
        Write(rest(new StyledText().Add(at.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + "  ", Tone.Faint)).EndLine());

    private void Write(StyledText text) => StyledTextWriter.Write(text, writer, traits);

    private StepLines LinesOf(JobRunKey job, int step)
    {
        if (_steps.TryGetValue((job, step), out var known))
            return known;
        var lines = new StepLines(NameOf(job) + " | ", new LineCutter());
        lines.Take = (line, isOverwritten) =>
        {
            if (isOverwritten)
            {
                if (line.Trim((byte)' ').IsEmpty || lines.Now - lines.StateAt < BetweenStates)
                    return;
                lines.StateAt = lines.Now;
            }

            WriteLine(lines.Prefix, line);
        };
        return _steps[(job, step)] = lines;
    }

    private void EndLines(JobRunKey job, int? step)
    {
        foreach (var (key, lines) in _steps.Where(s => s.Key.Job == job && (step is null || s.Key.Step == step)).ToArray())
        {
            lines.Cutter.End(lines.Take);
            _steps.Remove(key);
        }
    }

    /// <summary>Whole lines of plain text, which most output is, go out many at a time.</summary>
    private void WriteLines(StepLines lines, ReadOnlySpan<byte> bytes, DateTimeOffset at)
    {
        lines.Now = at;
        var whole = lines.Cutter.IsBetweenLines ? bytes[..(bytes.LastIndexOf((byte)'\n') + 1)] : [];
        if (!whole.ContainsAnyExcept(OutputText.HarmlessLines))
            bytes = bytes[WritePlain(lines.Prefix, whole)..];
        lines.Cutter.Add(bytes, lines.Take);
    }

    /// <returns>How many bytes were written: up to a line that is too long to go with others.</returns>
    private int WritePlain(string prefix, ReadOnlySpan<byte> lines)
    {
        var (taken, filled) = (0, 0);
        while (taken < lines.Length)
        {
            var line = lines[taken..];
            line = line[..(line.IndexOf((byte)'\n') + 1)];
            if (Math.Max(line.Length, prefix.Length) > LineCutter.Longest)
                break;
            if (filled + prefix.Length + line.Length > _ascii.Length)
            {
                writer.Write(_ascii.AsSpan(0, filled));
                filled = 0;
            }

            prefix.CopyTo(_ascii.AsSpan(filled));
            filled += prefix.Length;
            filled += Encoding.ASCII.GetChars(line, _ascii.AsSpan(filled));
            taken += line.Length;
        }

        writer.Write(_ascii.AsSpan(0, filled));
        return taken;
    }

    private void WriteLine(string prefix, ReadOnlySpan<byte> line)
    {
        writer.Write(prefix);
        if (!line.ContainsAnyExcept(OutputText.Harmless))
        {
            Encoding.ASCII.GetChars(line, _ascii);
            writer.Write(_ascii.AsSpan(0, line.Length));
        }
        else
        {
            _line.Clear();
            OutputText.AppendVisible(_line, line, traits.Colour);
            writer.Write(_line);
        }

        writer.Write('\n');
    }

    private sealed class StepLines(string prefix, LineCutter cutter)
    {
        public string Prefix => prefix;

        public LineCutter Cutter => cutter;

        public LineTaker Take { get; set; } = static (_, _) => { };

        /// <summary>When the output was printed that is being written.</summary>
        public DateTimeOffset Now { get; set; }

        /// <summary>When a state of a progress bar was shown last.</summary>
        public DateTimeOffset StateAt { get; set; }
    }
}
