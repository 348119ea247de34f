using System.Globalization;
using Ringfence.Cli.Output;

namespace Ringfence.Cli.Run.Views;

/// <summary>
/// Shows a run on a terminal as a picture that changes in place, at most ten times a second; in the end only the summary is left.
/// Written with plain control sequences: only lines that changed are sent, in one write, so that nothing flickers.
/// </summary>
internal sealed class LiveView(RunBoard board, TextWriter writer, OutputTraits traits, Func<TerminalSize> measure) : IRunView
{
    private const string BeginFrame = "\e[?2026h\e[?25l";
    private const string CutLongLines = "\e[?7l";
    private const string EndFrame = "\e[?7h\e[?2026l";
    private const string ShowCursor = "\e[?25h";
    private const string ClearLine = "\e[K";
    private const string ClearBelow = "\e[J";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private StyledText _above = new();
    private string[] _drawn = [];
    private int[] _widths = [];
    private TerminalSize _size;
    private DateTimeOffset _drawnAt = DateTimeOffset.MinValue;
    private bool _over;

    public void Show(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.PipelineStarted started:
                _above.Append(RunHeader.Of(started, traits));
                break;
            case RunEvent.WorkflowSkipped skipped:
                var shown = new ShownText(traits);
                _above.Add(shown.Of(skipped.Name), Tone.Strong).Add(" does not run: ", Tone.Warning).Line(shown.Of(skipped.Reason));
                break;
            case RunEvent.Notice notice:
                _above.Add(notice.IsWarning ? "warning: " : "note: ", notice.IsWarning ? Tone.Warning : Tone.Advice).Line(new ShownText(traits).Of(notice.Text));
                break;
            case RunEvent.PipelineEnded ended:
                Finish(ended);
                break;
        }
    }

    public void Tick(DateTimeOffset now)
    {
        if (_over || (now >= _drawnAt && now - _drawnAt < Interval))
            return;
        _drawnAt = now;
        var size = measure();
        var frame = LiveFrame.Draw(board, now, traits with { Width = size.Width }, Math.Max(1, size.Height - 1));
        writer.Write(BeginFrame);
        GoToTop(size);
        // What stays is read to its end, so it goes on in a further row; the picture counts its rows.
        WriteAbove();
        writer.Write(CutLongLines);
        WriteFrame(frame);
        writer.Write(board.NextApproval is null ? EndFrame : " " + EndFrame + ShowCursor);
        writer.Flush();
        _size = size;
    }

    public void Dispose()
    {
        if (_over)
            return;
        _over = true;
        Erase();
        writer.Write(ShowCursor);
        writer.Flush();
    }

    private void Finish(RunEvent.PipelineEnded ended)
    {
        if (_over)
            return;
        Erase();
        _over = true;
        writer.Write("\r\n");
        StyledTextWriter.Write(Summary.Of(board, ended.At, traits with { Width = measure().Width }), writer, traits);
        writer.Write(ShowCursor);
        writer.Flush();
    }

    private void Erase()
    {
        GoToTop(measure());
        writer.Write(ClearBelow);
        WriteAbove();
        _drawn = [];
    }

    // A narrower terminal has wrapped what was drawn: it takes more rows now, and all of it is drawn anew.
    private void GoToTop(TerminalSize size)
    {
        if (_drawn.Length == 0)
            return;
        var resized = size.Width != _size.Width;
        var rows = resized ? _widths.Sum(w => Math.Max(1, (w + size.Width - 1) / size.Width)) : _drawn.Length;
        rows = Math.Min(rows, size.Height);
        writer.Write('\r');
        if (rows > 1)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"\e[{rows - 1}A"));
        if (!resized)
            return;
        writer.Write(ClearBelow);
        _drawn = [];
    }

    private void WriteAbove()
    {
        if (_above.Lines.Count == 0)
            return;
        writer.Write(ClearBelow);
        StyledTextWriter.Write(_above, writer, traits);
        _above = new StyledText();
        _drawn = [];
    }

    private void WriteFrame(StyledText frame)
    {
        var lines = Rendered(frame);
        for (var i = 0; i < lines.Length; i++)
        {
            // The last line is always written: what clears the rest starts behind it.
            var isLast = i == lines.Length - 1;
            if (isLast || i >= _drawn.Length || _drawn[i] != lines[i])
            {
                writer.Write(lines[i]);
                writer.Write(ClearLine);
            }

            writer.Write(isLast ? ClearBelow : "\r\n");
        }

        if (lines.Length == 0)
            writer.Write(ClearBelow);
        _drawn = lines;
        _widths = [.. frame.Lines.Select(l => l.Sum(p => DisplayText.Width(p.Text)))];
    }

    private string[] Rendered(StyledText frame)
    {
        if (frame.Lines.Count == 0)
            return [];
        using var rendered = new StringWriter(CultureInfo.InvariantCulture);
        StyledTextWriter.Write(frame, rendered, traits);
        return rendered.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
