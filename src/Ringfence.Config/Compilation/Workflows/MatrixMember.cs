using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>One combination of a matrix.</summary>
/// <param name="Values">The value of each parameter.</param>
/// <param name="Arguments">
/// The values as arguments of the job, by name in ordinal order and the same for all members: as references, since the values themselves
/// have had their substitution already.
/// </param>
internal sealed record MatrixMember(Dictionary<string, YamlNode> Values, ImmutableArray<YamlEntry> Arguments)
{
    /// <summary>The values joined by <c>-</c>, in the alphabetical order of the parameters' names (CL-18.3).</summary>
    public string Suffix => string.Join("-", Arguments.Select(a => Render(Values[a.Name])));

    /// <summary>The arguments that a matrix of these parameters gives.</summary>
    public static ImmutableArray<YamlEntry> ArgumentsFor(IEnumerable<string> names, SourceSpan at) =>
        [.. names.Order(StringComparer.Ordinal).Select(name => new YamlEntry(YamlScalar.String(name, at), YamlScalar.String($"<< matrix.{name} >>", at)))];

    /// <summary>Whether another combination has the same values.</summary>
    public bool SameAs(MatrixMember? other) =>
        other is not null && Values.Count == other.Values.Count
        && Values.All(v => other.Values.TryGetValue(v.Key, out var value) && YamlEquality.SameData(v.Value, value));

    private static string Render(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => "<nil>",
        YamlScalar scalar => scalar.Text,
        YamlMapping mapping when mapping["name"] is YamlScalar name => name.Text,
        _ => node.TypeName.ToLowerInvariant(),
    };
}
