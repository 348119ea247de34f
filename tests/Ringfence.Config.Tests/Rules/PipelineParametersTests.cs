namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-5.4 of the specification: parameters of the pipeline (CL-5.22 to CL-5.26).</summary>
public sealed class PipelineParametersTests
{
    private const string Source = """
        version: 2.1
        parameters:
          text: {type: string, default: none}
          flag: {type: boolean, default: false}
          count: {type: integer, default: 1}
          size: {type: enum, enum: [small, large], default: small}
        jobs:
          build:
            docker: [image: cimg/base:current]
            steps:
            - run: {command: << pipeline.parameters.text >>}
            - run: {command: << pipeline.parameters.flag >>}
            - run: {command: << pipeline.parameters.count >>}
            - run: {command: << pipeline.parameters.size >>}
        """;

    [Fact]
    [Rule("CL-5.22", "CL-5.23")]
    public void Uses_the_defaults_of_four_types_when_nothing_is_given() =>
        Compiling.Config(Source).ShouldBeClean().Steps("build").ShouldBe("[run: {command: none}, run: {command: false}, run: {command: 1}, run: {command: small}]");

    [Fact]
    [Rule("CL-5.23")]
    public void Uses_what_is_given_and_keeps_it_with_the_pipeline()
    {
        var result = Compiling.Config(Source, parameters: [("text", "yes"), ("flag", true), ("count", 12), ("size", "large")]).ShouldBeClean();

        result.Steps("build").ShouldBe("[run: {command: 'yes'}, run: {command: true}, run: {command: 12}, run: {command: large}]");
        Assert.Equal("count=12 flag=true size=large text=yes", string.Join(' ', result.Pipeline.Parameters.Select(p => $"{p.Key}={p.Value.Written}")));
    }

    [Theory]
    [Rule("CL-5.22")]
    [InlineData("steps")]
    [InlineData("executor")]
    [InlineData("env_var_name")]
    public void Refuses_other_types(string type) =>
        Compiling.Config($$$"""
            version: 2.1
            parameters: {p: {type: {{{type}}}, default: [checkout]}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldFailOnly("RF4009", $"Parameter 'p': unknown type '{type}'", 2, 24, "The types here are string, boolean, integer, enum");

    [Fact]
    [Rule("CL-5.22")]
    public void Warns_of_parameters_at_the_top_of_an_orb() =>
        Compiling.Config("""
            version: 2.1
            orbs:
              mine:
                parameters: {p: {type: string, default: a}}
                commands: {c: {steps: [checkout]}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [mine/c]}
            """).ShouldMention("RF3018", "[#/orbs/mine] extraneous key [parameters] is ignored", 4, 5);

    [Fact]
    [Rule("CL-5.24")]
    public void Refuses_names_that_are_not_declared()
    {
        Compiling.Config(Source, parameters: [("txt", "a")]).ShouldFailOnly("RF4006", "Unexpected argument(s): txt", 3, 3, "Did you mean 'text'?");

        var none = Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """, parameters: [("b", 1), ("a", 2)]);
        Assert.Equal(["Unexpected argument(s): a", "Unexpected argument(s): b"], none.Errors.Select(e => e.Message).Order(StringComparer.Ordinal));
    }

    [Theory]
    [Rule("CL-5.25")]
    [InlineData("flag", "true")]
    [InlineData("flag", "false")]
    [InlineData("count", "12")]
    [InlineData("count", "-1")]
    public void Takes_a_text_that_spells_the_declared_type(string name, string text)
    {
        var result = Compiling.Config(Source, parameters: [(name, text)]);

        Assert.Equal(text, result.Steps("build")[name == "flag" ? 1 : 2]["run"]["command"].Json);
    }

    [Theory]
    [Rule("CL-5.25")]
    [InlineData("flag", "yes", "boolean, actual value: \"yes\" (type string)", 4)]
    [InlineData("flag", 1, "boolean, actual value: \"1\" (type integer)", 4)]
    [InlineData("count", "12.0", "integer, actual value: \"12.0\" (type string)", 5)]
    [InlineData("count", true, "integer, actual value: \"true\" (type boolean)", 5)]
    [InlineData("text", 12, "string, actual value: \"12\" (type integer)", 3)]
    [InlineData("text", true, "string, actual value: \"true\" (type boolean)", 3)]
    [InlineData("size", "medium", "enum, actual value: \"medium\" (type string)", 6)]
    public void Refuses_a_value_of_another_type(string name, object value, string message, int line) =>
        Compiling.Config(Source, parameters: [(name, value)]).ShouldFailOnly("RF4007", $"Type error for argument {name}: expected type: {message}", line, 3);

    [Fact]
    [Rule("CL-5.26", "CL-7.1")]
    public void Reads_them_in_templates_and_in_direct_expressions()
    {
        var result = Compiling.Config("""
            version: 2.1
            parameters: {deploy: {type: boolean, default: false}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            workflows:
              expression: {when: pipeline.parameters.deploy, jobs: [build]}
              template: {when: << pipeline.parameters.deploy >>, jobs: [build]}
              filtered: {jobs: [build: {filters: pipeline.parameters.deploy and pipeline.git.branch == "main"}]}
              other: {unless: << pipeline.parameters.deploy >>, jobs: [build]}
            """, parameters: [("deploy", true)]);

        Assert.Equal("expression template filtered", result.WorkflowNames);
    }
}
