using System.Collections.Immutable;
using Ringfence.Config.Compilation;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Config.Tests;

/// <summary>Compiles a config that a test writes out. What is not said is as in a local run on the branch <c>main</c>.</summary>
internal static class Compiling
{
    /// <summary>The path by which messages call the config.</summary>
    public const string Path = "config.yml";

    /// <param name="yaml">The config.</param>
    /// <param name="branch">The branch; empty for none.</param>
    /// <param name="tag">The tag; empty for none.</param>
    /// <param name="parameters">Values given for pipeline parameters: a text, a truth value or a whole number.</param>
    /// <param name="values">Further pipeline values by whole name; null leaves one unset.</param>
    /// <param name="orbs">The orbs that can be had.</param>
    /// <param name="next">Whether older versions are held to the rules of 2.1.</param>
    /// <param name="limits">Other limits than the usual ones.</param>
    public static Compiled Config(
        string yaml,
        string branch = "main",
        string tag = "",
        (string Name, object Value)[]? parameters = null,
        (string Name, object? Value)[]? values = null,
        FakeOrbs? orbs = null,
        bool next = false,
        Limits? limits = null)
    {
        var facts = new GitFacts
        {
            Branch = branch,
            Tag = tag,
            Revision = "0123456789abcdef0123456789abcdef01234567",
            RepositoryUrl = "https://github.com/acme/app",
            RepositoryOwner = "acme",
            RepositoryName = "app",
        };
        var request = new CompileRequest
        {
            Values = (values ?? []).Aggregate(PipelineValues.Local(facts), (all, one) => all.With(one.Name, ToExpression(one.Value))),
            Parameters = (parameters ?? []).ToImmutableDictionary(p => p.Name, p => ToParameter(p.Value), StringComparer.Ordinal),
            Orbs = orbs ?? [],
            HoldAllVersionsToLatestRules = next,
            Limits = limits ?? Limits.Default,
        };
        return new Compiled(yaml, Compiler.Compile(ConfigSource.From(Path, yaml), request));
    }

    private static ExpressionValue ToExpression(object? value) => value switch
    {
        null => ExpressionValue.Undefined,
        string text => ExpressionValue.String(text),
        bool flag => ExpressionValue.Boolean(flag),
        int number => ExpressionValue.Integer(number),
        _ => throw new ArgumentException($"No pipeline value is a {value.GetType().Name}", nameof(value)),
    };

    private static ParameterValue ToParameter(object value) => value switch
    {
        string text => new ParameterValue.Text(text),
        bool flag => new ParameterValue.Flag(flag),
        int number => new ParameterValue.Number(number),
        _ => throw new ArgumentException($"No pipeline parameter is a {value.GetType().Name}", nameof(value)),
    };
}
