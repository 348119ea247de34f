using System.Globalization;
using Ringfence.Config.Compilation;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Config.Tests.Values;

/// <summary>Each pipeline value there is, one by one, as a config reads it.</summary>
public sealed class EveryPipelineValueTests
{
    public static TheoryData<string> Names { get; } = [.. PipelineValueRegistry.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [Rule("CL-7.16", "CL-23.2")]
    [MemberData(nameof(Names))]
    public void Is_read_by_a_text_a_statement_and_a_condition(string name)
    {
        var (value, written) = Value(name);
        var config = $$$"""
            version: 2.1
            jobs: {a: {docker: [image: i], steps: [run: "is [<< {{{name}}} >>]"]}}
            workflows:
              equal: {when: {equal: [{{{written}}}, << {{{name}}} >>]}, jobs: [a]}
              condition: {when: '{{{name}}} == {{{written}}}', jobs: [a]}
              other: {when: '{{{name}}} != {{{written}}}', jobs: [a]}
            """;

        var compiled = Compiler.Compile(ConfigSource.From("config.yml", config), new CompileRequest { Values = PipelineValues.Empty.With(name, value) });

        var shown = new Compiled(config, compiled).ShouldBeClean();
        Assert.Contains($"is [{value}]", shown.Yaml, StringComparison.Ordinal);
        Assert.Equal("equal condition", shown.WorkflowNames);
    }

    private static (ExpressionValue Value, string Written) Value(string name) => PipelineValueRegistry.All[name].Type switch
    {
        PipelineValueType.Boolean => (ExpressionValue.Boolean(true), "true"),
        PipelineValueType.Integer => (ExpressionValue.Integer(4711), 4711.ToString(CultureInfo.InvariantCulture)),
        _ => (ExpressionValue.String("of-a-test"), "\"of-a-test\""),
    };
}
