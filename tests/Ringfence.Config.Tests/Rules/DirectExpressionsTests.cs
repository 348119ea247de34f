namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-7 as seen in a compiled config: where expressions stand, and what unset values do there.</summary>
public sealed class DirectExpressionsTests
{
    [Theory]
    [Rule("CL-7.1")]
    [InlineData("main", "when unless filtered")]
    [InlineData("topic", "filtered")]
    public void Stands_without_delimiters_in_conditions_and_filters_of_workflows(string branch, string workflows)
    {
        var result = Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            workflows:
              when: {when: pipeline.git.branch == "main", jobs: [build]}
              unless: {unless: not (pipeline.git.branch == "main"), jobs: [build]}
              filtered: {jobs: [build: {filters: pipeline.git.branch == "main"}]}
            """, branch: branch);

        Assert.Equal(workflows, result.WorkflowNames);
        Assert.Empty(result.Warnings);
        Assert.Equal("pipeline.git.branch == \"main\"", result.Workflow("filtered")["jobs"][0]["build"]["filters"].Text);
    }

    [Fact]
    [Rule("CL-7.1", "CL-25.15")]
    public void Stands_in_delimiters_in_other_fields() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                resource_class: << pipeline.git.branch and "large" or "small" >>
                environment: {REF: << pipeline.git.branch or pipeline.git.tag >>}
                steps:
                - run: |
                    echo << pipeline.git.branch or "unknown branch" >>
            """, branch: "", tag: "v1.0").Job("build").ShouldBe("""
            docker: [{image: cimg/base:current}]
            resource_class: small
            environment: [REF: v1.0]
            steps: [run: {command: echo unknown branch}]
            """);

    [Theory]
    [Rule("CL-7.2")]
    [InlineData("pipeline.git.branch == \"other\"")]
    [InlineData("'not true'")]
    public void Is_no_expression_in_the_condition_of_a_step_and_so_always_true(string condition)
    {
        var result = Step(condition);

        result.ShouldMention("RF2009", "A text is always true as a condition", 7, 22);
        result.Steps("build").ShouldBe("[checkout]");
    }

    [Theory]
    [Rule("CL-7.2")]
    [InlineData("<< pipeline.git.branch.is_default >>", false)]
    [InlineData("<< pipeline.git.branch == \"main\" >>", true)]
    public void Stands_in_delimiters_in_the_condition_of_a_step(string condition, bool holds) =>
        Assert.Equal(holds ? 1 : 0, Step(condition).Steps("build").Count);

    [Fact]
    [Rule("CL-7.3")]
    public void Is_always_true_with_a_template_in_it() =>
        Assert.Equal("main", Compiling.Config("""
            version: 2.1
            parameters: {b: {type: string, default: other}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            workflows:
              main:
                when: pipeline.git.branch == "<< pipeline.parameters.b >>"
                jobs: [build]
            """).ShouldMention("RF2009", "A text with '<< >>' in it is always true", 7, 11, "without '<< >>'").WorkflowNames);

    [Theory]
    [Rule("CL-7.4")]
    [InlineData("when: CIRCLE_BRANCH == \"main\"")]
    [InlineData("when: parameters.n == 1")]
    [InlineData("when: matrix.n == 1")]
    public void Knows_no_variables_but_those_of_the_pipeline(string condition) =>
        Assert.Contains(Workflow(condition).Errors, e => e.Code.Id is "RF2002" or "RF2003");

    [Fact]
    [Rule("CL-7.4")]
    public void Knows_parameters_and_matrix_values_between_delimiters()
    {
        var result = Compiling.Config("""
            version: 2.1
            jobs:
              test:
                parameters: {n: {type: integer}}
                docker: [image: cimg/base:current]
                steps: [run: echo << parameters.n == 1 and "first" or "later" >>]
            workflows:
              main: {jobs: [test: {name: "<< matrix.n == 1 and \"one\" or \"more\" >> << matrix.n >>", matrix: {parameters: {n: [1, 2]}}}]}
            """).ShouldBeClean();

        result.Steps("one 1").ShouldBe("[run: {command: echo first}]");
        result.Steps("more 2").ShouldBe("[run: {command: echo later}]");
    }

    [Theory]
    [Rule("CL-7.9")]
    [InlineData("when: |\n      pipeline.git.branch\n        == \"main\"\n")]
    [InlineData("when: >\n      pipeline.git.branch ==\n      \"main\"\n")]
    public void Goes_over_several_lines(string condition) => Assert.Equal("main", Workflow(condition).WorkflowNames);

    [Fact]
    [Rule("CL-7.11", "CL-7.12")]
    public void Is_refused_for_operands_of_another_type_at_its_place()
    {
        Workflow("when: pipeline.number starts-with \"1\"").ShouldFailOnly("RF2005", "starts-with needs text on both sides", 6, 11);
        Workflow("when: pipeline.git.branch < 1").ShouldFailOnly("RF2005", "< needs numbers on both sides", 6, 11);
    }

    [Fact]
    [Rule("CL-7.5")]
    public void Is_refused_when_it_does_not_parse_at_the_very_token() =>
        Workflow("when: pipeline.git.branch = \"main\"").ShouldFailOnly("RF2004", "A single '=' is no operator", 6, 32, "write == to compare");

    [Theory]
    [Rule("CL-7.16")]
    [InlineData("main", "", "main")]
    [InlineData("", "v1", "main")]
    [InlineData("", "", "")]
    public void Takes_an_unset_branch_or_tag_for_false(string branch, string tag, string workflows) =>
        Assert.Equal(workflows, Workflow("when: pipeline.git.branch or pipeline.git.tag", branch, tag).WorkflowNames);

    [Theory]
    [Rule("CL-7.18")]
    [InlineData("when: pipeline.event.github.pull_request.draft == false")]
    [InlineData("when: << pipeline.event.github.pull_request.draft >>")]
    public void Is_refused_for_a_value_that_this_event_does_not_have(string condition) =>
        Workflow(condition, values: [("pipeline.event.github.pull_request.draft", null), ("pipeline.event.name", "push")])
            .ShouldFailOnly("RF2002", "Unknown variable(s): pipeline.event.github.pull_request.draft", 6, 11, "test 'pipeline.event.name' first");

    [Theory]
    [Rule("CL-7.18", "CL-7.13")]
    [InlineData("push", null, "")]
    [InlineData("pull_request", false, "main")]
    [InlineData("pull_request", true, "")]
    public void Passes_over_such_a_value_behind_a_guard(string name, object? draft, string workflows) =>
        Assert.Equal(workflows, Workflow(
            "when: pipeline.event.name == \"pull_request\" and pipeline.event.github.pull_request.draft == false",
            values: [("pipeline.event.github.pull_request.draft", draft), ("pipeline.event.name", name)]).WorkflowNames);

    [Theory]
    [Rule("CL-7.19")]
    [InlineData("pipeline.git.branch starts-with \"rel\"", false)]
    [InlineData("not (pipeline.git.branch starts-with \"rel\")", true)]
    [InlineData("pipeline.git.branch matches /rel.*/", false)]
    public void Takes_tests_of_an_unset_branch_for_false(string condition, bool holds) =>
        Assert.Equal(holds ? "main" : "", Workflow($"when: {condition}", branch: "", tag: "v1").WorkflowNames);

    private static Compiled Step(string condition) => Compiling.Config($"""
        version: 2.1
        jobs:
          build:
            docker: [image: cimg/base:current]
            steps:
            - when:
                condition:   {condition}
                steps: [checkout]
        """);

    private static Compiled Workflow(string condition, string branch = "main", string tag = "", (string, object?)[]? values = null) => Compiling.Config($$"""
        version: 2.1
        jobs:
          build: {docker: [image: cimg/base:current], steps: [checkout]}
        workflows:
          main:
            {{condition}}
            jobs: [build]
        """, branch: branch, tag: tag, values: values);
}
