namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-8: logic statements.</summary>
public sealed class LogicTests
{
    [Theory]
    [Rule("CL-8.1", "CL-8.2")]
    [InlineData("true", true)]
    [InlineData("<< pipeline.parameters.yes >>", true)]
    [InlineData("{and: [true, << pipeline.parameters.yes >>]}", true)]
    [InlineData("{and: [true, << pipeline.parameters.no >>]}", false)]
    [InlineData("{or: [false, << pipeline.parameters.no >>]}", false)]
    [InlineData("{or: [false, << pipeline.parameters.yes >>]}", true)]
    [InlineData("{not: << pipeline.parameters.no >>}", true)]
    [InlineData("{not: {and: [true]}}", false)]
    [InlineData("{equal: [main, << pipeline.git.branch >>]}", true)]
    [InlineData("{equal: [main, << pipeline.git.branch >>, other]}", false)]
    [InlineData("{equal: [42, 42, 42]}", true)]
    [InlineData("{equal: [42, '42']}", false)]
    [InlineData("{equal: [true, 'true']}", false)]
    [InlineData("{equal: [a]}", true)]
    [InlineData("{matches: {pattern: '^ma.*$', value: << pipeline.git.branch >>}}", true)]
    [InlineData("{or: [{and: [true, {not: true}]}, {equal: [1, << pipeline.number >>]}]}", true)]
    public void Decides_a_statement(string statement, bool holds) => Assert.Equal(holds, InStep(statement).Steps("build").Count == 2);

    [Theory]
    [Rule("CL-8.1", "CL-8.8")]
    [InlineData("true", true)]
    [InlineData("{and: [true, << pipeline.parameters.no >>]}", false)]
    [InlineData("{matches: {pattern: main, value: << pipeline.git.branch >>}}", true)]
    public void Decides_a_statement_that_stands_directly_below_the_when_of_a_workflow(string statement, bool holds) =>
        Assert.Equal(holds ? "main" : "", InWorkflow("when", statement).WorkflowNames);

    [Theory]
    [Rule("CL-8.2", "CL-8.3")]
    [InlineData("{and: [true], or: [true]}", "A logic statement has one key, not 2", 26)]
    [InlineData("{xor: [true]}", "Unknown logic operator 'xor'", 27)]
    [InlineData("{and: []}", "'and' takes a list of at least one item", 27)]
    [InlineData("{or: true}", "'or' takes a list of at least one item", 27)]
    [InlineData("{equal: []}", "'equal' takes a list of at least one item", 27)]
    [InlineData("{not: [true, false]}", "'not' takes exactly one statement", 27)]
    [InlineData("[true]", "A logic statement is a value or a map, not a list", 26)]
    [InlineData("{matches: {pattern: a}}", "'matches' takes exactly 'pattern' and 'value'", 27)]
    [InlineData("{matches: {pattern: a, value: a, flags: i}}", "'matches' takes exactly 'pattern' and 'value'", 27)]
    [InlineData("{matches: {pattern: '(?=a)', value: a}}", "The pattern is not valid", 46)]
    [InlineData("{matches: {pattern: 1, value: a}}", "The 'pattern' of 'matches' must be a text", 46)]
    public void Refuses_what_is_no_statement(string statement, string message, int column) =>
        InStep(statement).ShouldFailOnly("RF2008", message, 7, column);

    [Fact]
    [Rule("CL-8.4")]
    public void Takes_a_hundred_levels_and_no_more()
    {
        static string Nested(int levels) => string.Concat(Enumerable.Repeat("{not: ", levels)) + "true" + new string('}', levels);
        var limits = Limits.Default with { YamlDepth = 300 };

        Assert.Equal("main", InWorkflow("when", Nested(100), limits).WorkflowNames);
        Assert.Contains("nested more than 100 deep", InWorkflow("when", Nested(101), limits).MessageOf("RF2008"), StringComparison.Ordinal);
    }

    [Theory]
    [Rule("CL-8.5")]
    [InlineData("{equal: [{and: [true]}, {not: false}]}", true)]
    [InlineData("{equal: [{and: [true]}, false]}", false)]
    [InlineData("{equal: [{or: [0]}, false]}", true)]
    [InlineData("{equal: [[a, b], [a, b]]}", true)]
    [InlineData("{equal: [1.0, 1]}", false)]
    public void Compares_values_of_any_kind_and_outcomes_of_statements(string statement, bool holds) =>
        Assert.Equal(holds ? "main" : "", InWorkflow("when", statement).WorkflowNames);

    [Theory]
    [Rule("CL-8.6")]
    [InlineData("false", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData(".nan", false)]
    [InlineData("\"\"", false)]
    [InlineData("{}", false)]
    [InlineData("<< pipeline.git.base_revision >>", false)]
    [InlineData("<< pipeline.git.tag >>", false)]
    [InlineData("\"false\"", true)]
    [InlineData("\"0\"", true)]
    [InlineData("\" \"", true)]
    [InlineData("1", true)]
    [InlineData("-1", true)]
    [InlineData("text", true)]
    public void Takes_little_for_false(string value, bool holds) => Assert.Equal(holds, InStep(value).Steps("build").Count == 2);

    [Theory]
    [Rule("CL-8.7")]
    [InlineData("'ma'", "<< pipeline.git.branch >>", false)]
    [InlineData("'main'", "<< pipeline.git.branch >>", true)]
    [InlineData("'^main$'", "<< pipeline.git.branch >>", true)]
    [InlineData("'[0-9]+'", "<< pipeline.number >>", true)]
    [InlineData("'true'", "<< pipeline.parameters.yes >>", true)]
    [InlineData("'.*'", "<< pipeline.git.base_revision >>", false)]
    [InlineData("'.*'", "<< pipeline.git.tag >>", true)]
    [InlineData("<< pipeline.git.branch >>", "main", true)]
    public void Matches_the_whole_value_as_text(string pattern, string value, bool holds) =>
        Assert.Equal(holds, InStep($"{{matches: {{pattern: {pattern}, value: {value}}}}}").Steps("build").Count == 2);

    [Fact]
    [Rule("CL-8.8")]
    public void Refuses_a_condition_key_in_a_workflow() =>
        InWorkflow("when", "{condition: true}").ShouldFailOnly("RF2008", "'condition' belongs to a step", 8, 12, "Remove the line 'condition:'");

    [Fact]
    [Rule("CL-8.8")]
    public void Wants_a_condition_key_in_a_step() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps:
                - when: {equal: [1, 1], steps: [checkout]}
            """).ShouldFail("RF3002", "[when] required key [condition] not found", 6, 14).ShouldFail("RF3001", "[when] extraneous key [equal]", 6, 14);

    [Fact]
    [Rule("CL-8.9")]
    public void Takes_statements_from_anchors() =>
        Assert.Equal("main", Compiling.Config("""
            version: 2.1
            x-on-main: &on-main {equal: [main, << pipeline.git.branch >>]}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            workflows:
              main: {when: *on-main, jobs: [build]}
              other: {unless: *on-main, jobs: [build]}
              neither: {when: {not: *on-main}, jobs: [build]}
            """).ShouldBeClean().WorkflowNames);

    [Theory]
    [Rule("CL-8.10")]
    [InlineData("true")]
    [InlineData("{equal: [1, 2]}")]
    [InlineData("pipeline.git.branch == \"main\"")]
    [InlineData("<< pipeline.parameters.no >>")]
    public void Takes_unless_for_the_opposite_of_when(string statement) =>
        Assert.NotEqual(InWorkflow("when", statement).WorkflowNames, InWorkflow("unless", statement).WorkflowNames);

    [Fact]
    [Rule("CL-8.10")]
    public void Refuses_when_and_unless_on_one_workflow() =>
        InWorkflow("unless: false\n    when", "true").ShouldFailOnly("RF3010", "'when' and 'unless' exclude each other", 8, 5, "Combine them");

    [Theory]
    [Rule("CL-8.11")]
    [InlineData("<< pipeline.parameters.no >>", false)]
    [InlineData("\"<< pipeline.parameters.no >>\"", false)]
    [InlineData("'<< pipeline.parameters.yes >>'", true)]
    public void Takes_the_type_of_a_value_that_is_the_whole_condition(string condition, bool holds)
    {
        var result = InWorkflow("when", condition);

        Assert.Equal(holds ? "main" : "", result.WorkflowNames);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    [Rule("CL-8.11", "CL-7.3")]
    public void Warns_of_a_condition_that_a_text_around_a_template_makes_true() =>
        Assert.Equal("main", InWorkflow("when", "\"x<< pipeline.parameters.no >>\"").ShouldMention("RF2009", "A text with '<< >>' in it is always true", 8, 11).WorkflowNames);

    private static Compiled InStep(string condition) => Compiling.Config($$$"""
        version: 2.1
        parameters: {yes: {type: boolean, default: true}, no: {type: boolean, default: false}}
        jobs:
          build:
            docker: [image: cimg/base:current]
            steps:
            - when: { condition: {{{condition}}}
                     , steps: [checkout]}
            - run: always
        """, values: [("pipeline.git.base_revision", null)]);

    private static Compiled InWorkflow(string key, string condition, Limits? limits = null) => Compiling.Config($$$"""
        version: 2.1
        parameters: {yes: {type: boolean, default: true}, no: {type: boolean, default: false}}
        jobs:
          build: {docker: [image: cimg/base:current], steps: [checkout]}
        workflows:
          main:
            jobs: [build]
            {{{key}}}: {{{condition}}}
        """, limits: limits);
}
