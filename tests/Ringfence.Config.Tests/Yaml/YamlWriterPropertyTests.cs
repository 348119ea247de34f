using CsCheck;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.YamlReading;

/// <summary>What is written reads back as the same data, whatever the texts hold.</summary>
public sealed class YamlWriterPropertyTests
{
    private static readonly string[] Fragments =
    [
        "#", " #", ":", ": ", "-", "- ", "?", "? ", "%", "@", "`", "\t", "\r", "\r\n", "\n", "\n\n\n", " ", "  ", " \n", "\t\n", "'", "\"", "\\", "|", ">", "&a", "*a",
        " *a", "!", "!!str", "<<", "<<EOF", "=", "~", "null", "yes", "OFF", "y", "1", "08", "0x1F", "0o17", "017", "1_000", "1:30", "1.5", "1e3", ".inf", ".nan",
        "2020-01-01", "---", "...", "[", "]", "{", "}", ",", "word", "two words", "é", "日本", "😀", "\uD83D", "\0", "\x7f", "\u0085", "\u00a0", "\u2028", "\uFEFF", "\uFFFE",
    ];

    private static readonly Gen<string> Texts = Gen.Frequency((4, Gen.OneOf(Fragments).Array[0, 8].Select(string.Concat)), (1, Gen.String));

    private static readonly Gen<YamlNode> Scalars = Gen.Frequency<YamlNode>(
        (8, Texts.Select(t => (YamlNode)YamlScalar.String(t, SourceSpan.None))),
        (1, Gen.Const((YamlNode)YamlScalar.Null(SourceSpan.None))),
        (1, Gen.Bool.Select(b => (YamlNode)YamlScalar.Boolean(b, SourceSpan.None))),
        (1, Gen.Long.Select(n => (YamlNode)YamlScalar.Integer(n, SourceSpan.None))),
        (1, Gen.Double.Select(n => (YamlNode)new YamlScalar(SourceSpan.None, JavaDouble.Format(n), ScalarKind.Float, ScalarStyle.Plain))));

    private static readonly Gen<YamlNode> Nodes = Gen.Recursive<YamlNode>((depth, inner) => depth > 5 ? Scalars : Gen.Frequency(
        (2, Scalars),
        (1, inner.Array[0, 4].Select(items => (YamlNode)new YamlSequence(SourceSpan.None, [.. items]))),
        (1, Gen.Select(Texts, inner).Array[0, 4].Select(ToMapping))));

    [Fact]
    [Rule("CL-1.5")]
    public void What_is_written_reads_back() => Nodes.Sample(
        node =>
        {
            var problems = new DiagnosticBag();
            var again = YamlReader.Read(new SourceText("written", YamlWriter.Write(node)), problems, Limits.Default);
            return again is not null && problems.ToImmutable().IsEmpty && YamlEquality.SameData(node, again);
        },
        print: node => YamlWriter.Write(node));

    private static YamlNode ToMapping((string Key, YamlNode Value)[] entries) => new YamlMapping(
        SourceSpan.None,
        [.. entries.DistinctBy(e => e.Key, StringComparer.Ordinal).Select(e => new YamlEntry(YamlScalar.String(e.Key, SourceSpan.None), e.Value))]);
}
