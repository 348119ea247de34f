namespace Ringfence.Config.Expressions;

/// <summary>A part of a pattern in .NET's syntax.</summary>
/// <param name="Text">The part; what repeats it MUST put it into a group first.</param>
/// <param name="Copies">How often its most repeated place stands in it once repetitions are written out.</param>
internal readonly record struct PatternPiece(string Text, int Copies);
