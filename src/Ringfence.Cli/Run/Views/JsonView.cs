using System.Text;
using System.Text.Unicode;

namespace Ringfence.Cli.Run.Views;

/// <summary>Gives a run to a program: one <see cref="JsonRunEvent"/> a line.</summary>
internal sealed class JsonView(RunBoard board, TextWriter writer) : IRunView
{
    // A reader should not need a large buffer for a line.
    private const int LongestOutput = 32 * 1024;

    private readonly Dictionary<(JobRunKey Job, int Step), byte[]> _open = [];

    public void Show(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.StepOutput output:
                ShowOutput(output);
                return;
            case RunEvent.StepEnded ended:
                EndOutputs(ended.At, k => k == (ended.Job, ended.Step.Step));
                break;
            case RunEvent.JobEnded ended:
                EndOutputs(ended.At, k => k.Job == ended.Job);
                break;
            case RunEvent.PipelineEnded ended:
                EndOutputs(ended.At, _ => true);
                break;
        }

        Write(RunEventJson.Of(happened, board));
        writer.Flush();
    }

    public void Tick(DateTimeOffset now) => writer.Flush();

    public void Dispose()
    {
        EndOutputs(board.Ended?.At ?? board.Started?.At ?? default, _ => true);
        writer.Flush();
    }

    private void ShowOutput(RunEvent.StepOutput output)
    {
        var bytes = output.Bytes.Span;
        var key = (output.Job, output.Step);
        if (_open.Remove(key, out var before))
            bytes = (byte[])[.. before, .. bytes];
        while (bytes.Length > LongestOutput)
        {
            var part = bytes[..LongestOutput];
            part = part[..^OutputText.OpenCharacter(part)];
            Write(output.At, key, part);
            bytes = bytes[part.Length..];
        }

        var open = OutputText.OpenCharacter(bytes);
        if (open > 0)
            _open[key] = bytes[^open..].ToArray();
        if (bytes.Length > open)
            Write(output.At, key, bytes[..^open]);
    }

    private void EndOutputs(DateTimeOffset at, Predicate<(JobRunKey Job, int Step)> which)
    {
        foreach (var key in _open.Keys.Where(k => which(k)).ToArray())
        {
            _open.Remove(key, out var bytes);
            Write(at, key, bytes);
        }
    }

    private void Write(DateTimeOffset at, (JobRunKey Job, int Step) key, ReadOnlySpan<byte> bytes)
    {
        var isText = Utf8.IsValid(bytes);
        Write(RunEventJson.InJob("step_output", at, key.Job, board) with
        {
            Step = key.Step,
            Text = isText ? Encoding.UTF8.GetString(bytes) : null,
            Base64 = isText ? null : Convert.ToBase64String(bytes),
        });
    }

    private void Write(JsonRunEvent happened)
    {
        writer.Write(RunJson.Line(happened));
        writer.Write('\n');
    }
}
