using System.Collections.Immutable;

namespace Ringfence.Cli.Doctor;

/// <summary>All that was found out about this machine, and whether jobs can run on it.</summary>
internal sealed record Examination
{
    /// <summary>The container engine.</summary>
    public required Finding Containers { get; init; }

    /// <summary>The fence around processes.</summary>
    public required Finding Processes { get; init; }

    /// <summary>What every job needs, whatever its sandbox.</summary>
    public required ImmutableArray<Finding> Needed { get; init; }

    /// <summary>What is good to know.</summary>
    public ImmutableArray<Finding> Others { get; init; } = [];

    /// <summary>All findings, in the order in which they are shown.</summary>
    public ImmutableArray<Finding> All => [Containers, Processes, .. Needed, .. Others];

    /// <summary>Whether jobs can run: in one kind of sandbox at least.</summary>
    public bool IsUsable => (IsThere(Containers) || IsThere(Processes)) && Needed.All(IsThere);

    /// <summary>The sum of it in one sentence.</summary>
    public string Verdict => (IsUsable, IsThere(Containers), IsThere(Processes)) switch
    {
        (true, true, true) => "Jobs can run on this machine.",
        (true, true, false) => "Jobs can run on this machine in containers, but not as fenced processes.",
        (true, false, _) => "Jobs can run on this machine as fenced processes; with images of their own they need a container engine.",
        (false, false, false) => $"Jobs cannot run on this machine: it has neither a container engine nor a fence for processes{And(Needed)}.",
        _ => $"Jobs cannot run on this machine yet. Missing: {Names(Needed)}.",
    };

    private static string And(ImmutableArray<Finding> needed) => needed.All(IsThere) ? "" : $", and these are missing: {Names(needed)}";

    private static string Names(ImmutableArray<Finding> findings) => string.Join(", ", findings.Where(f => !IsThere(f)).Select(f => f.Name));

    private static bool IsThere(Finding finding) => finding.State != FindingState.Missing;
}
