using Ringfence.Primitives;

namespace Ringfence.Cli.Diagnostics;

/// <summary>Problems of what a command was given, before or beside the config itself.</summary>
internal static class InputCodes
{
    /// <summary>No such file.</summary>
    public static DiagnosticCode Missing { get; } = new("RF9001", DiagnosticSeverity.Error, "A file is not there");

    /// <summary>A folder, or a file without the right to read it.</summary>
    public static DiagnosticCode Unreadable { get; } = new("RF9002", DiagnosticSeverity.Error, "A file cannot be read");

    /// <summary>Beyond the limit.</summary>
    public static DiagnosticCode TooLarge { get; } = new("RF9003", DiagnosticSeverity.Error, "A file is too large");

    /// <summary>Bytes that are no UTF-8 text.</summary>
    public static DiagnosticCode NotText { get; } = new("RF9004", DiagnosticSeverity.Error, "A file is not text");

    /// <summary>An option or argument that cannot be used.</summary>
    public static DiagnosticCode BadArgument { get; } = new("RF9005", DiagnosticSeverity.Error, "An argument cannot be used");

    /// <summary>Pipeline parameters that are no map of simple values.</summary>
    public static DiagnosticCode BadParameters { get; } = new("RF9006", DiagnosticSeverity.Error, "Pipeline parameters are not a map of values");

    /// <summary>An event file of no known form.</summary>
    public static DiagnosticCode BadEvent { get; } = new("RF9007", DiagnosticSeverity.Error, "An event file has no known form");

    /// <summary>A result that could not be written.</summary>
    public static DiagnosticCode CannotWrite { get; } = new("RF9008", DiagnosticSeverity.Error, "A result cannot be written");

    /// <summary>A name that is no exact orb version.</summary>
    public static DiagnosticCode BadOrbName { get; } = new("RF9101", DiagnosticSeverity.Error, "A name is not an orb version");

    /// <summary>A published version whose content would change.</summary>
    public static DiagnosticCode OrbIsPublished { get; } = new("RF9102", DiagnosticSeverity.Error, "A published orb version does not change");

    /// <summary>An orb that the store does not have.</summary>
    public static DiagnosticCode OrbNotStored { get; } = new("RF9103", DiagnosticSeverity.Error, "An orb is not in the store");

    /// <summary>A text that is no orb.</summary>
    public static DiagnosticCode NotAnOrb { get; } = new("RF9104", DiagnosticSeverity.Error, "A file is not an orb");

    /// <summary>A lock file that cannot be understood.</summary>
    public static DiagnosticCode BadLock { get; } = new("RF9105", DiagnosticSeverity.Error, "The orb lock cannot be read");

    /// <summary>Nothing says where the state of this machine is kept.</summary>
    public static DiagnosticCode NoStateFolder { get; } = new("RF9201", DiagnosticSeverity.Error, "There is no folder for what Ringfence keeps");

    /// <summary>The stores cannot be read or written.</summary>
    public static DiagnosticCode StoreFailed { get; } = new("RF9202", DiagnosticSeverity.Error, "The stores cannot be used");

    /// <summary>A key that no cache begins with.</summary>
    public static DiagnosticCode CacheNotStored { get; } = new("RF9203", DiagnosticSeverity.Error, "A cache is not in the store");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
    [
        Missing, Unreadable, TooLarge, NotText, BadArgument, BadParameters, BadEvent, CannotWrite,
        BadOrbName, OrbIsPublished, OrbNotStored, NotAnOrb, BadLock,
        NoStateFolder, StoreFailed, CacheNotStored,
    ];
}
