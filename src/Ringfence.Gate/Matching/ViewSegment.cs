namespace Ringfence.Gate.Matching;

/// <summary>A stretch of the raw bytes and what the view has of it.</summary>
internal readonly record struct ViewSegment(ViewSegmentKind Kind, int RawStart, int RawEnd, int ViewStart);

/// <summary>How the bytes of a segment came into the view.</summary>
internal enum ViewSegmentKind
{
    /// <summary>Each byte that is not left out, as it is.</summary>
    Plain,

    /// <summary>One escape: all its raw bytes belong to all that it stands for.</summary>
    Escape,

    /// <summary>A gap too long for a value to go on behind it: one byte that no form contains.</summary>
    Break,
}
