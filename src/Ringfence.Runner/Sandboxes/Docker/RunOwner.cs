namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Whose a container is. An engine may serve several machines, and containers that have processes of their own.</summary>
/// <param name="Process">The process of the run.</param>
/// <param name="Place">Where its number means something: the machine and its name space of processes.</param>
internal sealed record RunOwner(ProcessOwner Process, string Place)
{
    /// <summary>This process.</summary>
    public static RunOwner Current { get; } = new(ProcessOwner.OfThisProcess(), $"{Environment.MachineName}/{new FileInfo("/proc/self/ns/pid").LinkTarget}");

    /// <summary>Reads what <see cref="ToString"/> has written; null when it is something else.</summary>
    public static RunOwner? Parse(string? owner, string? place) =>
        owner is not null && place is not null && ProcessOwner.Parse(owner) is { } process ? new RunOwner(process, place) : null;

    /// <summary>Whether it can be told from here that it has gone. Of another machine, or another container, nothing can be told.</summary>
    public bool HasGone() => Place == Current.Place && !Process.IsAlive;

    /// <summary>The process; the place is written beside it.</summary>
    public override string ToString() => Process.ToString();
}
