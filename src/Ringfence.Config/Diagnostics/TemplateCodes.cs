using Ringfence.Primitives;

namespace Ringfence.Config.Diagnostics;

/// <summary>Problems of <c>&lt;&lt; … &gt;&gt;</c>, of expressions and of logic statements (CL-6 to CL-8).</summary>
public static class TemplateCodes
{
    /// <summary><c>&lt;&lt;</c> without <c>&gt;&gt;</c> (CL-6.11).</summary>
    public static DiagnosticCode Unclosed { get; } = new("RF2001", DiagnosticSeverity.Error, "A '<<' is never closed");

    /// <summary>A name that means nothing here (CL-6.12).</summary>
    public static DiagnosticCode UnknownVariable { get; } = new("RF2002", DiagnosticSeverity.Error, "A variable is not known");

    /// <summary>A parameter that the element does not declare (CL-5.18).</summary>
    public static DiagnosticCode UndeclaredParameter { get; } = new("RF2003", DiagnosticSeverity.Error, "A parameter is used but not declared");

    /// <summary>Not an expression (CL-7).</summary>
    public static DiagnosticCode BadExpression { get; } = new("RF2004", DiagnosticSeverity.Error, "An expression is not valid");

    /// <summary>An expression that has no value for these operands (CL-7.11, CL-7.12).</summary>
    public static DiagnosticCode NoValue { get; } = new("RF2005", DiagnosticSeverity.Error, "An expression cannot be evaluated");

    /// <summary>A section that is opened or closed alone (CL-6.13).</summary>
    public static DiagnosticCode Section { get; } = new("RF2006", DiagnosticSeverity.Error, "A section does not match");

    /// <summary>A list or map in the middle of a text.</summary>
    public static DiagnosticCode NotText { get; } = new("RF2007", DiagnosticSeverity.Error, "A list or map stands inside a text");

    /// <summary>Not a logic statement (CL-8).</summary>
    public static DiagnosticCode BadLogic { get; } = new("RF2008", DiagnosticSeverity.Error, "A logic statement is not valid");

    /// <summary>A condition that cannot be false (CL-7.3, CL-14.3).</summary>
    public static DiagnosticCode AlwaysTrue { get; } = new("RF2009", DiagnosticSeverity.Warning, "A condition is always true");

    /// <summary>A <c>&lt;&lt;</c> of a version 2 file that version 2.1 would read (CL-1.12).</summary>
    public static DiagnosticCode TemplateInOldVersion { get; } = new("RF2010", DiagnosticSeverity.Warning, "A version 2 file holds '<<'");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
    [
        Unclosed, UnknownVariable, UndeclaredParameter, BadExpression, NoValue, Section, NotText, BadLogic, AlwaysTrue, TemplateInOldVersion,
    ];
}
