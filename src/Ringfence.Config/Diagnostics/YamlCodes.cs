using Ringfence.Primitives;

namespace Ringfence.Config.Diagnostics;

/// <summary>Problems of the YAML text itself (CL-1.3 to CL-1.8).</summary>
public static class YamlCodes
{
    /// <summary>The text is not YAML.</summary>
    public static DiagnosticCode Syntax { get; } = new("RF1001", DiagnosticSeverity.Error, "The file is not YAML");

    /// <summary>The text holds nothing.</summary>
    public static DiagnosticCode Empty { get; } = new("RF1002", DiagnosticSeverity.Error, "The file is empty");

    /// <summary>The text is beyond the limit.</summary>
    public static DiagnosticCode TooLarge { get; } = new("RF1003", DiagnosticSeverity.Error, "The file is too large");

    /// <summary>A key stands twice in a map.</summary>
    public static DiagnosticCode DuplicateKey { get; } = new("RF1004", DiagnosticSeverity.Error, "A key stands twice in a map");

    /// <summary>An alias without its anchor.</summary>
    public static DiagnosticCode UndefinedAlias { get; } = new("RF1005", DiagnosticSeverity.Error, "An alias has no anchor");

    /// <summary>A merge of something that is not a map.</summary>
    public static DiagnosticCode BadMerge { get; } = new("RF1006", DiagnosticSeverity.Error, "A merge key does not name a map");

    /// <summary>Aliases of aliases beyond the limit.</summary>
    public static DiagnosticCode TooManyAliases { get; } = new("RF1007", DiagnosticSeverity.Error, "Aliases stand for too many values");

    /// <summary>More than one document.</summary>
    public static DiagnosticCode SeveralDocuments { get; } = new("RF1008", DiagnosticSeverity.Error, "The file holds several documents");

    /// <summary>A tag that a config cannot use.</summary>
    public static DiagnosticCode UnknownTag { get; } = new("RF1009", DiagnosticSeverity.Error, "A YAML tag is not known");

    /// <summary>A key that is a list or map.</summary>
    public static DiagnosticCode KeyNotScalar { get; } = new("RF1010", DiagnosticSeverity.Error, "A key is not a text");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
        [Syntax, Empty, TooLarge, DuplicateKey, UndefinedAlias, BadMerge, TooManyAliases, SeveralDocuments, UnknownTag, KeyNotScalar];
}
