namespace Ringfence.Cli.Graph;

/// <summary>The characters a graph is drawn with.</summary>
internal sealed record GraphSymbols
{
    /// <summary>Box drawing.</summary>
    public static GraphSymbols Unicode { get; } = new()
    {
        Only = "──", First = "┬─", Middle = "├─", Last = "└─", Through = "│", Next = "▼", From = "◄──", Runs = "●", Waits = "◆", Skipped = "○", Dot = "·",
    };

    /// <summary>For terminals that show nothing else.</summary>
    public static GraphSymbols Ascii { get; } = new()
    {
        Only = "--", First = "+-", Middle = "+-", Last = "+-", Through = "|", Next = "v", From = "<--", Runs = "*", Waits = "?", Skipped = "o", Dot = "-",
    };

    public required string Only { get; init; }

    public required string First { get; init; }

    public required string Middle { get; init; }

    public required string Last { get; init; }

    public required string Through { get; init; }

    public required string Next { get; init; }

    public required string From { get; init; }

    public required string Runs { get; init; }

    public required string Waits { get; init; }

    public required string Skipped { get; init; }

    public required string Dot { get; init; }
}
