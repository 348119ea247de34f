using System.Collections.Immutable;

namespace Ringfence.Cli.Graph;

/// <summary>Jobs that one written invocation became.</summary>
/// <param name="Label">What their names have in common.</param>
/// <param name="Members">Their names.</param>
internal sealed record GraphMatrix(string Label, ImmutableArray<string> Members)
{
    /// <summary>A matrix of these jobs, named by the longest beginning that ends before a hyphen.</summary>
    public static GraphMatrix Of(ImmutableArray<string> members)
    {
        var common = members[0].Length;
        foreach (var name in members)
            common = Math.Min(common, name.AsSpan().CommonPrefixLength(members[0]));

        var prefix = members[0][..common];
        var cut = prefix.LastIndexOf('-');
        return new GraphMatrix(cut > 0 ? prefix[..cut] : members[0], members);
    }
}
