using System.Collections.Immutable;
using Ringfence.Primitives;

namespace Ringfence.Runner.Secrets;

/// <summary>A variable that was granted to one attempt of one job. It is passed to the agent a step at a time, over a pipe, and is nowhere else.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, which belongs to whoever made this.</param>
/// <param name="Origin">Where it comes from, such as <c>context release</c>.</param>
/// <param name="Steps">The places in the config's list of steps that get it, from 0; null for all.</param>
public sealed record JobSecret(string Name, SecretValue Value, string Origin, ImmutableHashSet<int>? Steps)
{
    /// <summary>Whether a step gets it.</summary>
    public bool IsFor(int position) => Steps is null || Steps.Contains(position);
}
