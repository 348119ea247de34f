using Ringfence.Primitives;

namespace Ringfence.Config.Diagnostics;

/// <summary>Problems of names that stand for something else, and of arguments (CL-5, CL-9, CL-10, CL-15).</summary>
public static class ReferenceCodes
{
    /// <summary>No such command (CL-9.4).</summary>
    public static DiagnosticCode UnknownCommand { get; } = new("RF4001", DiagnosticSeverity.Error, "A command is not defined");

    /// <summary>No such job (CL-17.1).</summary>
    public static DiagnosticCode UnknownJob { get; } = new("RF4002", DiagnosticSeverity.Error, "A job is not defined");

    /// <summary>No such executor (CL-10.3).</summary>
    public static DiagnosticCode UnknownExecutor { get; } = new("RF4003", DiagnosticSeverity.Error, "An executor is not defined");

    /// <summary>No such orb alias.</summary>
    public static DiagnosticCode UnknownOrb { get; } = new("RF4004", DiagnosticSeverity.Error, "An orb is not imported");

    /// <summary>An argument that must be given (CL-5.3).</summary>
    public static DiagnosticCode MissingArgument { get; } = new("RF4005", DiagnosticSeverity.Error, "A required argument is missing");

    /// <summary>An argument that nobody declared (CL-5.3).</summary>
    public static DiagnosticCode UnexpectedArgument { get; } = new("RF4006", DiagnosticSeverity.Error, "An argument is not expected");

    /// <summary>An argument of another type (CL-5.7).</summary>
    public static DiagnosticCode ArgumentType { get; } = new("RF4007", DiagnosticSeverity.Error, "An argument has the wrong type");

    /// <summary>A default of another type (CL-5.8).</summary>
    public static DiagnosticCode DefaultType { get; } = new("RF4008", DiagnosticSeverity.Error, "A default has the wrong type");

    /// <summary>A declaration that is not valid (CL-5.1 to CL-5.6).</summary>
    public static DiagnosticCode BadParameter { get; } = new("RF4009", DiagnosticSeverity.Error, "A parameter is not declared properly");

    /// <summary>A command that calls itself (CL-9.2).</summary>
    public static DiagnosticCode Recursion { get; } = new("RF4010", DiagnosticSeverity.Error, "A definition refers to itself");

    /// <summary>No such orb or version (CL-15.4).</summary>
    public static DiagnosticCode OrbNotFound { get; } = new("RF4011", DiagnosticSeverity.Error, "An orb cannot be found");

    /// <summary>An orb that may not be used.</summary>
    public static DiagnosticCode OrbRefused { get; } = new("RF4012", DiagnosticSeverity.Error, "An orb may not be used");

    /// <summary>Not a reference to an orb (CL-15.1).</summary>
    public static DiagnosticCode BadOrbReference { get; } = new("RF4013", DiagnosticSeverity.Error, "An orb reference is not valid");

    /// <summary>Orbs that import each other, or too deep (CL-15.7).</summary>
    public static DiagnosticCode OrbNesting { get; } = new("RF4014", DiagnosticSeverity.Error, "Orbs are nested too deep");

    /// <summary>Declared and never used (CL-2.4).</summary>
    public static DiagnosticCode Unused { get; } = new("RF4015", DiagnosticSeverity.Hint, "Something is declared and never used");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
    [
        UnknownCommand, UnknownJob, UnknownExecutor, UnknownOrb, MissingArgument, UnexpectedArgument, ArgumentType, DefaultType, BadParameter,
        Recursion, OrbNotFound, OrbRefused, BadOrbReference, OrbNesting, Unused,
    ];
}
