using System.Collections.Immutable;

namespace Ringfence.Gate.Policies;

/// <summary>What happens at each exit when a secret is caught there, and when something could not be looked into.</summary>
public sealed record GatePolicy
{
    /// <summary>Logs are masked; everything else is refused.</summary>
    public static GatePolicy Default { get; } = new();

    /// <summary>The exits that differ from the default.</summary>
    public ImmutableDictionary<GateExit, GateAction> Exceptions { get; init; } = ImmutableDictionary<GateExit, GateAction>.Empty;

    /// <summary>Whether what a limit, a password or damage kept the gate from looking into counts as if a secret had been found. True unless somebody says otherwise.</summary>
    public bool RefusesUnknown { get; init; } = true;

    /// <summary>What happens to a secret at an exit. Only logs can be masked; where an exception says so of files, it means refuse.</summary>
    public GateAction At(GateExit exit)
    {
        if (!Exceptions.TryGetValue(exit, out var action))
            action = GateAction.Mask;
        return action == GateAction.Mask && exit != GateExit.Log ? GateAction.Refuse : action;
    }

    /// <summary>The same with one exit changed.</summary>
    public GatePolicy With(GateExit exit, GateAction action) => this with { Exceptions = Exceptions.SetItem(exit, action) };

    /// <summary>What happens to something that was searched: it leaves if nothing was found.</summary>
    public GateAction Decide(GateExit exit, Archives.ScanReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var isSuspect = !report.Caught.IsEmpty || (RefusesUnknown && !report.Unknown.IsEmpty);
        return isSuspect ? At(exit) : GateAction.Allow;
    }
}
