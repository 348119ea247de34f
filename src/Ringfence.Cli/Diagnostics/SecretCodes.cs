using Ringfence.Primitives;

namespace Ringfence.Cli.Diagnostics;

/// <summary>What goes wrong with secrets, the keep and its ledger.</summary>
internal static class SecretCodes
{
    /// <summary>No keep, or one that does not answer.</summary>
    public static DiagnosticCode NoKeep { get; } = new("RF9401", DiagnosticSeverity.Error, "The keep cannot be asked");

    /// <summary>What was asked for cannot be.</summary>
    public static DiagnosticCode Refused { get; } = new("RF9402", DiagnosticSeverity.Error, "The keep refuses");

    /// <summary>A context, secret, restriction or group that is not there.</summary>
    public static DiagnosticCode NotThere { get; } = new("RF9403", DiagnosticSeverity.Error, "There is no such context, secret or restriction");

    /// <summary>Nobody has confirmed it.</summary>
    public static DiagnosticCode NotConfirmed { get; } = new("RF9404", DiagnosticSeverity.Error, "A change has to be confirmed");

    /// <summary>A value that no variable can have, or that could not be read.</summary>
    public static DiagnosticCode BadValue { get; } = new("RF9405", DiagnosticSeverity.Error, "A value cannot be used");

    /// <summary>A value as an argument.</summary>
    public static DiagnosticCode ValueOnCommandLine { get; } = new("RF9406", DiagnosticSeverity.Error, "A value stands on the command line");

    /// <summary>The same value again.</summary>
    public static DiagnosticCode NotRotated { get; } = new("RF9407", DiagnosticSeverity.Error, "A secret was not rotated");

    /// <summary>An entry of an imported file.</summary>
    public static DiagnosticCode NotImported { get; } = new("RF9408", DiagnosticSeverity.Error, "A part of a file was not imported");

    /// <summary>Somebody has changed what the keep wrote.</summary>
    public static DiagnosticCode Tampered { get; } = new("RF9409", DiagnosticSeverity.Error, "What is stored was tampered with");

    /// <summary>The same, seen by a command that goes on.</summary>
    public static DiagnosticCode Suspicious { get; } = new("RF9410", DiagnosticSeverity.Warning, "What is stored does not agree with the ledger");

    /// <summary>The keys of a keep cannot be had.</summary>
    public static DiagnosticCode NoKeys { get; } = new("RF9411", DiagnosticSeverity.Error, "The keys of the keep cannot be used");

    /// <summary>A part of the keep is gone, seen by a command that goes on.</summary>
    public static DiagnosticCode KeepIncomplete { get; } = new("RF9412", DiagnosticSeverity.Warning, "A part of the keep is missing");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
        [NoKeep, Refused, NotThere, NotConfirmed, BadValue, ValueOnCommandLine, NotRotated, NotImported, Tampered, Suspicious, NoKeys, KeepIncomplete];
}
