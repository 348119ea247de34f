namespace Ringfence.Cli.Run.Views;

/// <summary>How much a frame shows; less when the terminal is low.</summary>
/// <param name="Tail">How many last lines of a failed step.</param>
/// <param name="Arrows">Whether a line stands between stages.</param>
/// <param name="Output">Whether the last line that a running step printed is shown.</param>
/// <param name="Folded">Whether jobs that are over or wait are only counted.</param>
internal sealed record LiveDetail(int Tail, bool Arrows, bool Output, bool Folded)
{
    /// <summary>From everything to next to nothing.</summary>
    public static IReadOnlyList<LiveDetail> All { get; } =
    [
        new(OutputTail.ShownLines, true, true, false),
        new(10, true, true, false),
        new(5, false, true, false),
        new(3, false, true, false),
        new(3, false, true, true),
        new(0, false, true, true),
        new(0, false, false, true),
    ];
}
