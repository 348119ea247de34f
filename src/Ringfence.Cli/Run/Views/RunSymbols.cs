using Ringfence.Cli.Output;
using Ringfence.Workflows;

namespace Ringfence.Cli.Run.Views;

/// <summary>The characters that statuses are shown with; each stands beside a word, or its meaning shows from the place.</summary>
internal sealed record RunSymbols
{
    private const long TicksPerFrame = TimeSpan.TicksPerSecond / 10;

    private static readonly RunSymbols UnicodeSymbols = new()
    {
        Good = "✓", Bad = "✗", Broken = "!", Stopped = "⊘", Waits = "○", Asks = "◆", Idle = "–", Bar = "│", Dot = "·", Cut = "…", Arrow = "→",
        Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
    };

    private static readonly RunSymbols AsciiSymbols = new()
    {
        Good = "+", Bad = "x", Broken = "!", Stopped = "/", Waits = ".", Asks = "?", Idle = "-", Bar = "|", Dot = "-", Cut = "~", Arrow = "->",
        Spinner = ["|", "/", "-", "\\"],
    };

    public required string Good { get; init; }

    public required string Bad { get; init; }

    public required string Broken { get; init; }

    public required string Stopped { get; init; }

    public required string Waits { get; init; }

    public required string Asks { get; init; }

    public required string Idle { get; init; }

    public required string Bar { get; init; }

    public required string Dot { get; init; }

    public required string Cut { get; init; }

    public required string Arrow { get; init; }

    public required string[] Spinner { get; init; }

    /// <summary>The characters that an output can show.</summary>
    public static RunSymbols Of(OutputTraits traits) => traits.Unicode ? UnicodeSymbols : AsciiSymbols;

    /// <summary>What turns while something runs.</summary>
    public string Running(DateTimeOffset now) => Spinner[(int)(now.UtcTicks / TicksPerFrame % Spinner.Length)];

    /// <summary>The character of a status.</summary>
    public string Of(JobStatus status, DateTimeOffset now) => status switch
    {
        JobStatus.Running => Running(now),
        JobStatus.Success => Good,
        JobStatus.Failed or JobStatus.TimedOut => Bad,
        JobStatus.InfrastructureFail or JobStatus.TerminatedUnknown => Broken,
        JobStatus.Canceled or JobStatus.Unauthorized => Stopped,
        JobStatus.OnHold => Asks,
        JobStatus.NotRun or JobStatus.Retried => Idle,
        _ => Waits,
    };

    /// <summary>What a status is shown as.</summary>
    public static Tone ToneOf(JobStatus status) => status switch
    {
        JobStatus.Running => Tone.Advice,
        JobStatus.Success => Tone.Good,
        JobStatus.Failed or JobStatus.TimedOut or JobStatus.InfrastructureFail or JobStatus.TerminatedUnknown => Tone.Error,
        JobStatus.Canceled or JobStatus.Unauthorized or JobStatus.OnHold => Tone.Warning,
        _ => Tone.Faint,
    };

    /// <summary>What a status is shown as.</summary>
    public static Tone ToneOf(WorkflowStatus status) => status switch
    {
        WorkflowStatus.Success => Tone.Good,
        WorkflowStatus.Failing or WorkflowStatus.Failed or WorkflowStatus.Error => Tone.Error,
        WorkflowStatus.Canceled or WorkflowStatus.Unauthorized or WorkflowStatus.OnHold => Tone.Warning,
        WorkflowStatus.Running => Tone.Advice,
        _ => Tone.Faint,
    };
}
