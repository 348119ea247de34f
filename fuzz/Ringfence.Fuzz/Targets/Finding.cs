namespace Ringfence.Fuzz.Targets;

/// <summary>A property that an input breaks. Findings with the same key are one problem.</summary>
/// <param name="Key">Which property, and what about it; without anything that differs from input to input.</param>
/// <param name="Detail">What a person wants to know.</param>
internal sealed record Finding(string Key, string Detail);
