namespace Ringfence.Gate.Matching;

/// <summary>A needle that was found, from its first byte to behind its last; in bytes of the view or of the raw text, as said where it is used.</summary>
internal readonly record struct Match(int Start, int End, Needle Needle, bool IsEscaped);
