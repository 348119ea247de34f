namespace Ringfence.Config.Expressions;

/// <summary>The code points from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
internal readonly record struct CodePointRange(int First, int Last);
