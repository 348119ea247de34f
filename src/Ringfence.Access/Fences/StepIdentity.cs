using Ringfence.Primitives;

namespace Ringfence.Access.Fences;

/// <summary>Which step asks for a variable.</summary>
public sealed record StepIdentity
{
    /// <summary>The name of the job in the compiled pipeline.</summary>
    public required string Job { get; init; }

    /// <summary>Its place among the steps of the job, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The built-in step that it is, such as <c>run</c> or <c>checkout</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What people know it by; whoever writes the config chooses it.</summary>
    public required string Name { get; init; }

    /// <summary>The command in whose declaration it stands, with the name of its orb before it, such as <c>acme/deploy/push</c>; empty when it stands in none.</summary>
    public string Command { get; init; } = "";

    /// <summary>Who wrote it.</summary>
    public required StepOrigin Origin { get; init; }

    /// <summary>The digest of the compiled step.</summary>
    public required Digest Content { get; init; }
}
