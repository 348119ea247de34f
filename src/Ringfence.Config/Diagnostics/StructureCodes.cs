using Ringfence.Primitives;

namespace Ringfence.Config.Diagnostics;

/// <summary>Problems of shape: keys, types and sizes (CL-1, CL-2.10, CL-3, CL-4, CL-9 to CL-13).</summary>
public static class StructureCodes
{
    /// <summary>A key that is not known there (CL-1.13).</summary>
    public static DiagnosticCode ExtraneousKey { get; } = new("RF3001", DiagnosticSeverity.Error, "A key is not permitted");

    /// <summary>A key that must be there.</summary>
    public static DiagnosticCode MissingKey { get; } = new("RF3002", DiagnosticSeverity.Error, "A key is missing");

    /// <summary>A value of another type.</summary>
    public static DiagnosticCode WrongType { get; } = new("RF3003", DiagnosticSeverity.Error, "A value has the wrong type");

    /// <summary>A value outside of what is allowed.</summary>
    public static DiagnosticCode WrongValue { get; } = new("RF3004", DiagnosticSeverity.Error, "A value is not allowed");

    /// <summary>No <c>version</c>, or an unknown one (CL-1.9).</summary>
    public static DiagnosticCode Version { get; } = new("RF3005", DiagnosticSeverity.Error, "The version is missing or not known");

    /// <summary>A key that needs a newer version (CL-1.10).</summary>
    public static DiagnosticCode NeedsVersion21 { get; } = new("RF3006", DiagnosticSeverity.Error, "A feature needs version 2.1");

    /// <summary>A name that breaks the rules for names (CL-4).</summary>
    public static DiagnosticCode BadName { get; } = new("RF3007", DiagnosticSeverity.Error, "A name is not allowed");

    /// <summary>Two jobs that differ by case only (CL-4.3).</summary>
    public static DiagnosticCode SameNameIgnoringCase { get; } = new("RF3008", DiagnosticSeverity.Error, "Two jobs have the same name");

    /// <summary>A step that is neither a name nor a map with one key (CL-13.1).</summary>
    public static DiagnosticCode BadStep { get; } = new("RF3009", DiagnosticSeverity.Error, "A step is not written as one");

    /// <summary>Keys that exclude each other.</summary>
    public static DiagnosticCode Conflict { get; } = new("RF3010", DiagnosticSeverity.Error, "Keys exclude each other");

    /// <summary>No job to run (CL-3.1).</summary>
    public static DiagnosticCode NothingToRun { get; } = new("RF3011", DiagnosticSeverity.Error, "There is no job to run");

    /// <summary>The result is too large (CL-21.1).</summary>
    public static DiagnosticCode TooLarge { get; } = new("RF3012", DiagnosticSeverity.Error, "The compiled config is too large");

    /// <summary>More steps, jobs or calls than the limits allow (CL-21.2).</summary>
    public static DiagnosticCode TooMany { get; } = new("RF3013", DiagnosticSeverity.Error, "There are too many jobs or steps");

    /// <summary>Something that has no effect.</summary>
    public static DiagnosticCode Ignored { get; } = new("RF3014", DiagnosticSeverity.Warning, "Something is ignored");

    /// <summary>Something that still works and will not for ever.</summary>
    public static DiagnosticCode Deprecated { get; } = new("RF3015", DiagnosticSeverity.Hint, "Something is deprecated");

    /// <summary>One name for two kinds of thing (CL-4.7).</summary>
    public static DiagnosticCode ConfusingName { get; } = new("RF3016", DiagnosticSeverity.Hint, "A name is used twice");

    /// <summary>An image digest that no engine can pull; CircleCI's compiler lets it pass (CL-12.2).</summary>
    public static DiagnosticCode BadDigest { get; } = new("RF3017", DiagnosticSeverity.Warning, "An image digest is not valid");

    /// <summary>A key that means nothing and is let pass, as CircleCI's compiler does.</summary>
    public static DiagnosticCode UnknownKey { get; } = new("RF3018", DiagnosticSeverity.Warning, "A key is not known");

    /// <summary>A job whose steps all stand under conditions that do not hold.</summary>
    public static DiagnosticCode NoStepLeft { get; } = new("RF3019", DiagnosticSeverity.Warning, "A job has no step left");

    /// <summary>A key of 2.1 in an older config, where it is one of the unknown keys that are let pass (CL-1.11).</summary>
    public static DiagnosticCode IgnoredInOldVersion { get; } = new("RF3020", DiagnosticSeverity.Warning, "A key needs version 2.1 to have an effect");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
    [
        ExtraneousKey, MissingKey, WrongType, WrongValue, Version, NeedsVersion21, BadName, SameNameIgnoringCase, BadStep, Conflict,
        NothingToRun, TooLarge, TooMany, Ignored, Deprecated, ConfusingName, BadDigest, UnknownKey, NoStepLeft, IgnoredInOldVersion,
    ];
}
