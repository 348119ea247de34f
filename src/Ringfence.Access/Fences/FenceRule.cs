using System.Diagnostics;
using Ringfence.Primitives;

namespace Ringfence.Access.Fences;

/// <summary>Steps that may have a fenced variable. A closed family.</summary>
public abstract record FenceRule
{
    private FenceRule()
    {
    }

    /// <summary>
    /// A step by name. Who may change the config can give the name to another step; with the digest of its content only this very step
    /// has the variable.
    /// </summary>
    public sealed record Step(string Job, string Name, Digest? Content) : FenceRule;

    /// <summary>The steps of a command, wherever it is called: <c>push</c> of the config, <c>acme/deploy/push</c> of an orb. What is handed to it is not its own.</summary>
    public sealed record Command(string Name) : FenceRule;

    /// <summary>The steps of an orb: an exact reference, or a name without version for all of its versions.</summary>
    public sealed record Orb(string Reference) : FenceRule;

    /// <summary>Whether the rule admits the step.</summary>
    public bool Admits(StepIdentity step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return this switch
        {
            Step rule => Same(rule.Job, step.Job) && Same(rule.Name, step.Name) && (rule.Content is not { } content || content == step.Content),
            Command rule => rule.Name.Length > 0 && Same(rule.Name, step.Command),
            Orb rule => step.Origin is StepOrigin.Orb orb && (Same(rule.Reference, orb.Reference) || Same(rule.Reference, orb.Name)),
            _ => throw new UnreachableException(),
        };
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
