namespace Ringfence.Gate.Matching;

/// <summary>A stretch of raw bytes that matches cover without a gap, overlapping; one mask stands for it.</summary>
internal readonly record struct Region(int Start, int End, int FirstMatch, int MatchCount);
