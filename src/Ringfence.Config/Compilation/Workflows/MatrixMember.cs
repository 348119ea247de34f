using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation.Workflows;

/// <summary>One combination of a matrix.</summary>
/// <param name="Values">The value of each parameter.</param>
/// <param name="Span">Where the matrix is written.</param>
internal sealed record MatrixMember(ImmutableDictionary<string, YamlNode> Values, SourceSpan Span)
{
    /// <summary>The values joined by <c>-</c>, in the alphabetical order of the parameters' names (CL-18.3).</summary>
    public string Suffix => string.Join("-", Values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => Render(v.Value)));

    /// <summary>The values as arguments of the job: as references, since the values themselves have had their substitution already.</summary>
    public IEnumerable<YamlEntry> Arguments =>
        Values.Keys.Order(StringComparer.Ordinal)
            .Select(name => new YamlEntry(YamlScalar.String(name, Span), YamlScalar.String($"<< matrix.{name} >>", Span)));

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
