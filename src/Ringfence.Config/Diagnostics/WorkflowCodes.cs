using Ringfence.Primitives;

namespace Ringfence.Config.Diagnostics;

/// <summary>Problems of workflows (CL-16 to CL-19).</summary>
public static class WorkflowCodes
{
    /// <summary>A requirement that is not in the workflow (CL-17.6).</summary>
    public static DiagnosticCode UnknownRequirement { get; } = new("RF5001", DiagnosticSeverity.Error, "A required job is not in the workflow");

    /// <summary>Jobs that wait for each other (CL-17.7).</summary>
    public static DiagnosticCode Cycle { get; } = new("RF5002", DiagnosticSeverity.Error, "Jobs wait for each other");

    /// <summary>A requirement that means several jobs (CL-17.10).</summary>
    public static DiagnosticCode AmbiguousRequirement { get; } = new("RF5003", DiagnosticSeverity.Error, "A required job is not clear");

    /// <summary>Not a status (CL-17.3).</summary>
    public static DiagnosticCode UnknownStatus { get; } = new("RF5004", DiagnosticSeverity.Error, "A status is not known");

    /// <summary>A matrix that is not valid (CL-18).</summary>
    public static DiagnosticCode BadMatrix { get; } = new("RF5005", DiagnosticSeverity.Error, "A matrix is not valid");

    /// <summary>A matrix of too many jobs (CL-21.2).</summary>
    public static DiagnosticCode MatrixTooLarge { get; } = new("RF5006", DiagnosticSeverity.Error, "A matrix is too large");

    /// <summary>A filter that is not valid (CL-16.20, CL-16.28).</summary>
    public static DiagnosticCode BadFilter { get; } = new("RF5007", DiagnosticSeverity.Error, "A filter is not valid");

    /// <summary>An inline type other than approval (CL-17.21).</summary>
    public static DiagnosticCode InlineType { get; } = new("RF5008", DiagnosticSeverity.Error, "A job type cannot stand in a workflow");

    /// <summary>A schedule that is not valid (CL-16.10 to CL-16.14).</summary>
    public static DiagnosticCode BadSchedule { get; } = new("RF5009", DiagnosticSeverity.Error, "A schedule is not valid");

    /// <summary>A job group that is not valid (CL-19).</summary>
    public static DiagnosticCode BadGroup { get; } = new("RF5010", DiagnosticSeverity.Error, "A job group is not valid");

    /// <summary>A serial group that is not valid (CL-17.25, CL-17.27).</summary>
    public static DiagnosticCode BadSerialGroup { get; } = new("RF5011", DiagnosticSeverity.Error, "A serial group is not valid");

    /// <summary>More or less than one workflow in the setup phase (CL-20.2).</summary>
    public static DiagnosticCode SetupWorkflows { get; } = new("RF5012", DiagnosticSeverity.Error, "A setup config must run one workflow");

    /// <summary>Something that could be written shorter.</summary>
    public static DiagnosticCode Simplify { get; } = new("RF5013", DiagnosticSeverity.Hint, "Something can be written shorter");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
    [
        UnknownRequirement, Cycle, AmbiguousRequirement, UnknownStatus, BadMatrix, MatrixTooLarge, BadFilter, InlineType, BadSchedule, BadGroup,
        BadSerialGroup, SetupWorkflows, Simplify,
    ];
}
