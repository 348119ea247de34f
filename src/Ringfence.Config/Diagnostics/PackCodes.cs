using Ringfence.Primitives;

namespace Ringfence.Config.Diagnostics;

/// <summary>Problems of packing a folder into one document (CL-15.15, CL-23.1a).</summary>
public static class PackCodes
{
    /// <summary>A file that holds a list, a text or nothing.</summary>
    public static DiagnosticCode NotAMap { get; } = new("RF7001", DiagnosticSeverity.Error, "A packed file does not hold a map");

    /// <summary>A file for a key that holds something else already.</summary>
    public static DiagnosticCode NotMergeable { get; } = new("RF7002", DiagnosticSeverity.Error, "A file belongs below a key that is not a map");

    /// <summary>A key of one file that takes the place of the same key of another.</summary>
    public static DiagnosticCode Replaced { get; } = new("RF7003", DiagnosticSeverity.Warning, "A file replaces what another file gave");

    /// <summary>No YAML file in the tree.</summary>
    public static DiagnosticCode NothingToPack { get; } = new("RF7004", DiagnosticSeverity.Error, "The folder has nothing to pack");

    /// <summary>Folders below folders beyond the limit.</summary>
    public static DiagnosticCode TooDeep { get; } = new("RF7005", DiagnosticSeverity.Error, "Folders are nested too deep");

    /// <summary>A tree without <c>@orb.yml</c>.</summary>
    public static DiagnosticCode NoOrb { get; } = new("RF7006", DiagnosticSeverity.Error, "The folder is not the source of an orb");

    /// <summary>An include of a file that is not there.</summary>
    public static DiagnosticCode IncludeMissing { get; } = new("RF7007", DiagnosticSeverity.Error, "An included file does not exist");

    /// <summary>An include of something outside the tree.</summary>
    public static DiagnosticCode IncludeOutside { get; } = new("RF7008", DiagnosticSeverity.Error, "An include leaves the folder of the orb");

    /// <summary>An include beside other text.</summary>
    public static DiagnosticCode IncludeNotWhole { get; } = new("RF7009", DiagnosticSeverity.Error, "An include is not the whole value");

    /// <summary>Included files beyond the limit.</summary>
    public static DiagnosticCode IncludesTooLarge { get; } = new("RF7010", DiagnosticSeverity.Error, "The included files are too large together");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
        [NotAMap, NotMergeable, Replaced, NothingToPack, TooDeep, NoOrb, IncludeMissing, IncludeOutside, IncludeNotWhole, IncludesTooLarge];
}
