using System.Collections.Immutable;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Keep.Asking;

/// <summary>A variable that was released to one attempt of one job.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Origin">Where it comes from, such as <c>context release</c>.</param>
/// <param name="Steps">The numbers of the steps that get it, from 0; null for all.</param>
public sealed record ReleasedVariable(string Name, SecretValue Value, string Origin, ImmutableHashSet<int>? Steps)
{
    internal static ImmutableArray<ReleasedVariable> Of(Grant grant) =>
        [.. grant.Variables.Select(v => new ReleasedVariable(v.Name, new SecretValue(v.Value.Span), v.Origin, v.IsFenced ? [.. v.Steps] : null))];
}
