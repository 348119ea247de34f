namespace Ringfence.Fuzz.Targets;

/// <summary>What came of one input.</summary>
/// <param name="Signature">How it looks from outside: kinds and numbers of problems, class of size. An input with a new one is interesting.</param>
/// <param name="Digest">All that came out; two runs MUST give the same.</param>
internal sealed record Observation(string Signature, string Digest)
{
    public List<Finding> Findings { get; } = [];

    public void Broken(string property, string detail) => Findings.Add(new Finding(property, detail));

    /// <summary>The power of two that a size lies below.</summary>
    public static int SizeClass(int size) => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)size);
}
