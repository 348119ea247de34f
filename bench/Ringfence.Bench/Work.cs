using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Values;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;
using YamlDotNet.Core;

namespace Ringfence.Bench;

/// <summary>The three things that are compared.</summary>
internal static class Work
{
    private static readonly CompileRequest Request = new()
    {
        Values = PipelineValues.Local(new GitFacts { Branch = "main", RepositoryUrl = "https://github.com/acme/app", RepositoryOwner = "acme", RepositoryName = "app" }),
    };

    /// <summary>The yardstick: YamlDotNet's events, and nothing done with them. Gives the number of events; a broken file ends early.</summary>
    public static int Events(string text)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        var events = 0;
        try
        {
            while (parser.MoveNext())
                events++;
        }
        catch (YamlException)
        {
            events = -events;
        }

        return events;
    }

    /// <summary>The tree in which every node knows its place.</summary>
    public static YamlNode? Tree(string text) => YamlReader.Read(new SourceText("config.yml", text), new DiagnosticBag(), Limits.Default);

    /// <summary>Everything, from text to jobs and workflows. There are no orbs here: a config that needs one is checked and then refused.</summary>
    public static CompilationResult Compiled(string text) => Compiler.Compile(ConfigSource.From("config.yml", text), Request);
}
