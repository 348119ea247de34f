using System.CommandLine;

namespace Ringfence.Cli.Commands;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    /// <summary>Lines that can be typed as they are.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Whether the command itself ends what it does when a person asks for it; otherwise the process just ends.</summary>
    public bool TakesInterrupts { get; init; }

    /// <summary>More to know, shown before the examples.</summary>
    public string Notes { get; init; } = "";
}
