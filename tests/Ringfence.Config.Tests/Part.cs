using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests;

/// <summary>A part of a compiled document; what is not there is a part too, whose <see cref="Exists"/> is false.</summary>
internal sealed class Part(YamlNode? node)
{
    public bool Exists => node is not null;

    public YamlNode Node => node ?? throw new Xunit.Sdk.XunitException("There is no such part");

    /// <summary>The text of a scalar.</summary>
    public string Text => Assert.IsType<YamlScalar>(Node).Text;

    /// <summary>What a scalar means.</summary>
    public ScalarKind Kind => Assert.IsType<YamlScalar>(Node).Kind;

    public int Count => Node switch
    {
        YamlSequence sequence => sequence.Items.Length,
        YamlMapping mapping => mapping.Entries.Length,
        _ => 0,
    };

    /// <summary>The keys of a map in order, with blanks between.</summary>
    public string Keys => string.Join(' ', Assert.IsType<YamlMapping>(Node).Entries.Select(e => e.Name));

    /// <summary>Compact JSON.</summary>
    public string Json
    {
        get
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                YamlJson.Write(Node, writer);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    public Part this[string key] => new((node as YamlMapping)?[key]);

    public Part this[int index] => new(node is YamlSequence sequence && index < sequence.Items.Length ? sequence.Items[index] : null);

    /// <summary>Asserts that the part holds the data of a YAML text, keys in the same order.</summary>
    public void ShouldBe(string yaml)
    {
        var bag = new DiagnosticBag(10);
        var expected = YamlReader.Read(new SourceText("expected", yaml), bag, Limits.Default);
        Assert.True(expected is not null && !bag.HasErrors, $"The test's own YAML is wrong: {yaml}");
        Assert.Equal(new Part(expected).Json, Json);
    }

    public override string ToString() => node is null ? "nothing" : Json;
}
