namespace Ringfence.Gate.Policies;

/// <summary>What happens to something that holds a secret. Ordered from the strictest on.</summary>
public enum GateAction
{
    /// <summary>It does not leave, and the step fails.</summary>
    Refuse,

    /// <summary>It leaves with the secret replaced. For logs only: of everything else it means refuse.</summary>
    Mask,

    /// <summary>It leaves, and what was found is shown.</summary>
    Warn,

    /// <summary>It leaves, and is not searched.</summary>
    Allow,
}
