namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-4: what may be called what.</summary>
public sealed class NamesTests
{
    [Theory]
    [Rule("CL-4.1")]
    [InlineData("a")]
    [InlineData("install-deps_2")]
    public void Takes_names_of_commands_and_executors(string name) =>
        Assert.Empty(Compiling.Config(Elements(name)).Errors);

    [Theory]
    [Rule("CL-4.1")]
    [InlineData("Install")]
    [InlineData("2nd")]
    [InlineData("_x")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("é")]
    public void Refuses_other_names_of_commands_and_executors(string name) =>
        Compiling.Config(Elements(name))
            .ShouldFail("RF3007", $"'{name}' is not a name for a command", 2, 12, "beginning with a letter")
            .ShouldFail("RF3007", $"'{name}' is not a name for an executor", 3, 13);

    [Theory]
    [Rule("CL-4.1")]
    [InlineData("who", true)]
    [InlineData("who-2_x", true)]
    [InlineData("PACKAGE_SPEC_ID", true)]
    [InlineData("2nd", false)]
    [InlineData("_x", false)]
    [InlineData("a.b", false)]
    [InlineData("a b", false)]
    public void Takes_parameters_that_begin_with_a_letter(string name, bool isName)
    {
        var result = Compiling.Config($$$"""
            version: 2.1
            jobs:
              build:
                parameters: {"{{{name}}}": {type: string, default: x}}
                docker: [image: cimg/base:current]
                steps: [checkout]
            """);

        if (isName)
            result.ShouldBeClean();
        else
            result.ShouldFailOnly("RF3007", $"'{name}' is not a name for a parameter", 4, 18);
    }

    [Theory]
    [Rule("CL-4.2")]
    [InlineData("Build App-2_x", true)]
    [InlineData("2nd", false)]
    [InlineData("a.b", false)]
    [InlineData("a/b", false)]
    public void Takes_blanks_and_upper_case_in_names_of_jobs(string name, bool isName)
    {
        var result = Compiling.Config($$$"""
            version: 2.1
            jobs:
              "{{{name}}}": {docker: [image: cimg/base:current], steps: [checkout]}
            workflows: {main: {jobs: ["{{{name}}}"]}}
            """);

        if (isName)
            Assert.Equal(name, result.ShouldBeClean().JobNames);
        else
            result.ShouldFailOnly("RF3007", $"'{name}' is not a name for a job", 3, 3);
    }

    [Fact]
    [Rule("CL-4.3")]
    public void Refuses_jobs_that_differ_by_case_only() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
              Build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldFailOnly("RF3008", "The job 'Build' has the same name as 'build'", 4, 3, "Rename one");

    [Theory]
    [Rule("CL-4.4")]
    [InlineData("Build & deploy, 100% (nightly)!")]
    [InlineData("2")]
    [InlineData("version 2")]
    public void Takes_any_text_for_the_name_of_a_workflow(string name) =>
        Assert.Equal(name, Compiling.Config(Workflow(name)).ShouldBeClean().WorkflowNames);

    [Fact]
    [Rule("CL-4.4")]
    public void Refuses_a_workflow_without_a_name_and_two_of_one_name()
    {
        Compiling.Config(Workflow("")).ShouldFailOnly("RF3007", "A workflow needs a name", 5, 3);
        Compiling.Config(Workflow("main") + "\n  main: {jobs: [build]}").ShouldFailOnly("RF1004", "found duplicate key main", 6, 3);
    }

    [Fact]
    [Rule("CL-4.4")]
    public void Takes_no_workflow_for_the_version_key() =>
        Assert.Empty(Compiling.Config(Workflow("version")).ShouldMention("RF4015", "Job is unused: build", 3, 3).Pipeline.Workflows);

    [Theory]
    [Rule("CL-4.5")]
    [InlineData("Run: make")]
    [InlineData("1st: {}")]
    [InlineData("run!: make")]
    public void Refuses_step_keys_that_can_name_nothing(string step) =>
        Compiling.Config(Step(step)).ShouldFailOnly("RF4001", $"Cannot find a definition for command named {step[..step.IndexOf(':', StringComparison.Ordinal)]}", 6, 7);

    [Fact]
    [Rule("CL-4.5")]
    public void Takes_the_slash_of_an_orb_in_a_step_key()
    {
        var orbs = new FakeOrbs { { "acme/tool@1.0.0", "commands: {say-hi_2: {steps: [run: hi]}}" } };

        Compiling.Config("orbs: {my-tool: acme/tool@1.0.0}\n" + Step("my-tool/say-hi_2: {}"), orbs: orbs).Steps("build").ShouldBe("[run: {command: hi}]");
    }

    [Fact]
    [Rule("CL-4.6")]
    public void Takes_any_text_and_templates_for_the_name_of_an_invocation()
    {
        var result = Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            workflows:
              main: {jobs: [build: {name: "Build (<< pipeline.git.branch >>): all of it!"}]}
            """).ShouldBeClean();

        Assert.Equal("Build (main): all of it!", Assert.Single(result.Pipeline.Jobs).Name);
    }

    [Fact]
    [Rule("CL-4.7")]
    public void Refuses_a_job_group_with_the_name_of_a_job() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            job-groups:
              build: {jobs: [build]}
            """).ShouldFail("RF5010", "'build' is a job already", 5, 3);

    [Fact]
    [Rule("CL-4.7")]
    public void Mentions_other_names_that_are_used_twice() =>
        Compiling.Config("""
            version: 2.1
            executors:
              build: {docker: [image: cimg/base:current]}
              test: {docker: [image: cimg/base:current]}
            commands:
              test: {steps: [checkout]}
            jobs:
              build: {executor: test, steps: [test]}
            """)
            .ShouldMention("RF3016", "The name \"build\" is already used to define an executor", 8, 3, "You might want to use a different name to avoid confusion.")
            .ShouldMention("RF3016", "The name \"test\" is already used to define a command", 4, 3);

    [Theory]
    [Rule("CL-4.8")]
    [InlineData("FOO_1", true)]
    [InlineData("_", true)]
    [InlineData("1FOO", false)]
    [InlineData("FOO-BAR", false)]
    [InlineData("FÖÖ", false)]
    [InlineData("", false)]
    public void Takes_posix_names_for_names_of_variables(string name, bool isName)
    {
        var result = Compiling.Config($$$"""
            version: 2.1
            commands:
              show:
                parameters: {variable: {type: env_var_name}}
                steps: [run: 'echo $<< parameters.variable >>']
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps:
                - show: {variable: "{{{name}}}"}
            """);

        if (isName)
            result.Steps("build").ShouldBe($"[run: {{command: 'echo ${name}'}}]");
        else
            result.ShouldFailOnly("RF4007", $"expected type: env_var_name, actual value: \"{name}\" (type string)", 10, 24, "A variable's name is letters, digits and '_'");
    }

    [Theory]
    [Rule("CL-4.9")]
    [InlineData("deploy.to-Prod_2")]
    [InlineData("2nd")]
    [InlineData("a..b")]
    public void Puts_pipeline_parameters_of_any_name_into_a_text(string name) =>
        Compiling.Config($$$"""
            version: 2.1
            parameters: {"{{{name}}}": {type: string, default: x}}
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps: [run: 'echo << pipeline.parameters.{{{name}}} >>']
            """).Steps("build").ShouldBe("[run: {command: echo x}]");

    [Theory]
    [Rule("CL-4.9")]
    [InlineData("deploy.to-Prod_2", true)]
    [InlineData("a..b", false)]
    [InlineData("é", false)]
    public void Knows_pipeline_parameters_in_an_expression_by_proper_names_only(string name, bool isName)
    {
        var result = Compiling.Config($$$"""
            version: 2.1
            parameters: {"{{{name}}}": {type: string, default: x}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            workflows:
              main:
                when: pipeline.parameters.{{{name}}} == "x"
                jobs: [build]
            """);

        if (isName)
            Assert.Equal("main", result.WorkflowNames);
        else
            Assert.Contains(result.Errors, e => e.Code.Id is "RF2004" or "RF2002");
    }

    private static string Elements(string name) => $$$"""
        version: 2.1
        commands: {"{{{name}}}": {steps: [checkout]}}
        executors: {"{{{name}}}": {docker: [image: cimg/base:current]}}
        jobs:
          build: {executor: "{{{name}}}", steps: ["{{{name}}}"]}
        """;

    private static string Workflow(string name) => $$"""
        version: 2.1
        jobs:
          build: {docker: [image: cimg/base:current], steps: [checkout]}
        workflows:
          "{{name}}": {jobs: [build]}
        """;

    private static string Step(string step) => $"""
        version: 2.1
        jobs:
          build:
            docker: [image: cimg/base:current]
            steps:
            - {step}
        """;
}
