namespace Ringfence.Cli.Output;

/// <summary>A stretch of text within one line.</summary>
internal readonly record struct StyledPiece(string Text, Tone Tone);
