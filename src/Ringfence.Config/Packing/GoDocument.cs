using System.Globalization;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Packing;

/// <summary>
/// Gives a document the form in which it leaves CircleCI's packer, which is written in Go: keys sorted, and a number such as
/// <c>13.0</c> written <c>13</c>. A value of base 60, such as <c>1:30</c>, is a text to Go.
/// </summary>
internal sealed class GoDocument
{
    // An aliased value is one node at many places; it is worked on once.
    private readonly Dictionary<YamlNode, YamlNode> _done = new(ReferenceEqualityComparer.Instance);

    public YamlMapping Sorted(YamlMapping mapping) => (YamlMapping)Convert(mapping);

    private YamlNode Convert(YamlNode node)
    {
        if (_done.TryGetValue(node, out var done))
            return done;

        YamlNode converted = node switch
        {
            YamlScalar scalar => ConvertScalar(scalar),
            YamlSequence sequence => new YamlSequence(sequence.Span, [.. sequence.Items.Select(Convert)]),
            YamlMapping mapping => new YamlMapping(
                mapping.Span,
                [.. mapping.Entries.OrderBy(e => e.Name, GoKeyOrder.Instance).Select(e => new YamlEntry(e.Key, Convert(e.Value)))]),
            _ => node,
        };
        _done.Add(node, converted);
        return converted;
    }

    private static YamlScalar ConvertScalar(YamlScalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain)
            return scalar;

        if (scalar.Kind == ScalarKind.Integer && scalar.Span.IsKnown)
        {
            var written = scalar.Span.Source.Text[scalar.Span.Start..scalar.Span.End].Trim();
            return written.Contains(':', StringComparison.Ordinal)
                ? new YamlScalar(scalar.Span, written, ScalarKind.String, ScalarStyle.Plain)
                : scalar;
        }

        // From a million on Go writes an exponent, and then it stays a number with a fraction.
        return scalar.Kind == ScalarKind.Float
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value == Math.Truncate(value) && Math.Abs(value) < 1e6 && !(value == 0 && double.IsNegative(value))
            ? new YamlScalar(scalar.Span, ((long)value).ToString(CultureInfo.InvariantCulture), ScalarKind.Integer, ScalarStyle.Plain)
            : scalar;
    }
}
