using System.Text.Json;
using Ringfence.Config;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Fuzz.Targets;

/// <summary>The YAML reader and writer: any text is read or refused, and what is read can be written and read again.</summary>
internal sealed class YamlTarget : FuzzTarget
{
    private const int MostNodesToWrite = 20_000;

    public override string Name => "yaml";

    public override IReadOnlyList<string> Words { get; } = [.. Mutation.Words.Yaml, .. Mutation.Words.Odd, .. Mutation.Words.Template];

    public override int MostCharacters => 16 * 1024;

    protected override Observation Observe(string input)
    {
        var bag = new DiagnosticBag();
        var node = YamlReader.Read(new SourceText("input.yml", input), bag, Limits.Default);
        var diagnostics = bag.ToImmutable();
        var isWritten = node is { ExpandedSize: <= MostNodesToWrite };
        var written = isWritten ? YamlWriter.Write(node!) : "";
        var seen = new Observation(
            $"{Places.Signature(diagnostics)} {node?.TypeName} {Observation.SizeClass(node?.ExpandedSize ?? 0)}",
            string.Join('\n', diagnostics) + "\n" + written);
        Places.Check(diagnostics, input.Length, seen);
        if (node is null && !bag.HasErrors)
            seen.Broken("refused without a reason", "");
        if (isWritten)
        {
            CheckPlaces(node!, seen);
            CheckRereads(node!, written, seen);
            CheckJson(node!, seen);
        }

        return seen;
    }

    /// <summary>What is written reads back as the same data, without problems, and is written in the same way again.</summary>
    public static void CheckRereads(YamlNode node, string written, Observation seen)
    {
        var bag = new DiagnosticBag();
        var again = YamlReader.Read(new SourceText("written.yml", written), bag, Limits.Default with { YamlDepth = Limits.Default.YamlDepth + 1 });
        if (again is null || bag.HasErrors)
            seen.Broken("written text is refused", $"{bag.ToImmutable().FirstOrDefault()}\n{written}");
        else if (!YamlEquality.SameData(node, again))
            seen.Broken("written text reads as other data", written);
        else if (YamlWriter.Write(again) is var twice && twice != written)
            seen.Broken("written text changes when written again", Difference(written, twice));
    }

    private static void CheckPlaces(YamlNode node, Observation seen)
    {
        var open = new Stack<YamlNode>([node]);
        while (open.TryPop(out var next))
        {
            Places.Check(next.Span, $"span of a {next.GetType().Name}", "", seen);
            switch (next)
            {
                case YamlScalar { Kind: ScalarKind.String } scalar:
                    CheckOffsets(scalar, seen);
                    break;
                case YamlSequence sequence:
                    foreach (var item in sequence.Items)
                        open.Push(item);
                    break;
                case YamlMapping mapping:
                    foreach (var entry in mapping.Entries)
                    {
                        open.Push(entry.Key);
                        open.Push(entry.Value);
                    }

                    break;
            }
        }
    }

    /// <summary>Each character of a text has a place inside of its scalar, and later ones are not before earlier ones.</summary>
    private static void CheckOffsets(YamlScalar scalar, Observation seen)
    {
        var last = scalar.Span.Start;
        for (var i = 0; i <= scalar.Text.Length; i += 1 + (scalar.Text.Length / 7))
        {
            var place = scalar.OffsetOf(i);
            if (place < last || place > scalar.Span.End)
                seen.Broken($"place of a character in a {scalar.Style} scalar", $"character {i} at {place}, span {scalar.Span.Start}-{scalar.Span.End}, the one before at {last}");
            last = place;
        }
    }

    private static void CheckJson(YamlNode node, Observation seen)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
            YamlJson.Write(node, writer);
        bytes.Position = 0;
        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 200 });
        if (document.RootElement.ValueKind == JsonValueKind.Undefined)
            seen.Broken("no JSON", "");
    }
}
