namespace Ringfence.Config.Filters;

/// <summary>What one filter says about the pipeline.</summary>
/// <param name="Passes">Whether it lets the job run.</param>
/// <param name="Reason">Why not; empty when it passes.</param>
internal readonly record struct FilterOutcome(bool Passes, string Reason)
{
    public static FilterOutcome Yes { get; } = new(true, "");

    public static FilterOutcome No(string reason) => new(false, reason);
}
