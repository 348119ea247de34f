using System.Collections.Immutable;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.YamlReading;

/// <summary>A YAML text that a test reads, and what came of it.</summary>
internal sealed class AText
{
    private readonly YamlNode? _node;

    private AText(string text, Limits limits)
    {
        Source = new SourceText("config.yml", text);
        var problems = new DiagnosticBag();
        _node = YamlReader.Read(Source, problems, limits);
        Problems = problems.ToImmutable();
    }

    public SourceText Source { get; }

    public ImmutableArray<Diagnostic> Problems { get; }

    /// <summary>The document; fails the test when there are problems.</summary>
    public YamlNode Node
    {
        get
        {
            Assert.True(Problems.IsEmpty, string.Join("\n", Problems));
            return _node!;
        }
    }

    public YamlMapping Map => Assert.IsType<YamlMapping>(Node);

    /// <summary>The value of the key <c>a</c>.</summary>
    public YamlScalar A => Assert.IsType<YamlScalar>(Map["a"]);

    /// <summary>The one problem.</summary>
    public Diagnostic Problem => Assert.Single(Problems);

    /// <summary>The document written on one line: <c>{a: [1, x]}</c>.</summary>
    public string Shown => Show(Node);

    public static AText Read(string text, Limits? limits = null) => new(text, limits ?? Limits.Default);

    public static string Show(YamlNode? node) => node switch
    {
        YamlScalar { IsNull: true } => "null",
        YamlScalar scalar => scalar.Text,
        YamlSequence sequence => $"[{string.Join(", ", sequence.Items.Select(Show))}]",
        YamlMapping mapping => $"{{{string.Join(", ", mapping.Entries.Select(e => $"{e.Name}: {Show(e.Value)}"))}}}",
        _ => "",
    };
}
