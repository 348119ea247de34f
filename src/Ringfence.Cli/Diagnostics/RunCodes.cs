using Ringfence.Primitives;

namespace Ringfence.Cli.Diagnostics;

/// <summary>Why a run cannot begin although its config is valid.</summary>
internal static class RunCodes
{
    /// <summary>A workflow or job that the config does not have.</summary>
    public static DiagnosticCode NoSuchName { get; } = new("RF9301", DiagnosticSeverity.Error, "There is no workflow or job of that name");

    /// <summary>No engine, or no fence.</summary>
    public static DiagnosticCode NoSandbox { get; } = new("RF9302", DiagnosticSeverity.Error, "Jobs cannot run on this machine");

    /// <summary>The code to check out cannot be had.</summary>
    public static DiagnosticCode NoSource { get; } = new("RF9303", DiagnosticSeverity.Error, "The source cannot be taken");

    /// <summary>The agent is not beside the program.</summary>
    public static DiagnosticCode NoAgent { get; } = new("RF9304", DiagnosticSeverity.Error, "The agent is missing");

    /// <summary>There is no earlier run.</summary>
    public static DiagnosticCode NoEarlierRun { get; } = new("RF9305", DiagnosticSeverity.Error, "There is no earlier run to go on from");

    /// <summary>A settings file that says what cannot be understood.</summary>
    public static DiagnosticCode BadSettings { get; } = new("RF9306", DiagnosticSeverity.Error, "A settings file cannot be used");

    /// <summary>A settings file of a checkout that would loosen the sandbox.</summary>
    public static DiagnosticCode SettingNotAllowed { get; } = new("RF9307", DiagnosticSeverity.Error, "A checkout may not decide this");

    /// <summary>No test of the earlier run failed.</summary>
    public static DiagnosticCode NoFailedTests { get; } = new("RF9308", DiagnosticSeverity.Error, "There are no failed tests to run again");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } = [NoSuchName, NoSandbox, NoSource, NoAgent, NoEarlierRun, BadSettings, SettingNotAllowed, NoFailedTests];
}
