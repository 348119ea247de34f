namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-2: stages, the form of the result, and how problems are told.</summary>
public sealed class CompilationModelTests
{
    [Fact]
    [Rule("CL-2.1")]
    public void Puts_pipeline_parameters_into_orb_references_before_orbs_are_fetched()
    {
        var orbs = new FakeOrbs { { "acme/tool@1.2.3", "commands: {hi: {steps: [run: echo hi]}}" } };
        var result = Compiling.Config("""
            version: 2.1
            parameters:
              tool-version: {type: string, default: 9.9.9}
            orbs:
              tool: acme/tool@<< pipeline.parameters.tool-version >>
            jobs:
              build: {docker: [image: cimg/base:current], steps: [tool/hi]}
            """, parameters: [("tool-version", "1.2.3")], orbs: orbs);

        Assert.Equal("acme/tool@1.2.3", Assert.Single(orbs.Asked));
        result.Steps("build").ShouldBe("[run: {command: echo hi}]");
    }

    [Fact]
    [Rule("CL-2.1")]
    public void Resolves_aliases_before_anything_else() =>
        Compiling.Config("""
            version: 2.1
            x-flag: &flag << pipeline.parameters.flag >>
            parameters:
              flag: {type: boolean, default: false}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [run: *flag, when: {condition: *flag, steps: [checkout]}]}
            """, parameters: [("flag", true)]).Steps("build").ShouldBe("[run: {command: true}, checkout]");

    [Fact]
    [Rule("CL-2.2")]
    public void Knows_no_environment_variable()
    {
        Environment.SetEnvironmentVariable("RINGFENCE_TEST_BRANCH", "main");
        var result = Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                environment: {DEPLOY: "yes"}
                steps:
                - run: echo $RINGFENCE_TEST_BRANCH
                - when:
                    condition: {equal: [main, $RINGFENCE_TEST_BRANCH]}
                    steps: [run: echo never]
                - when:
                    condition: {equal: ["yes", $DEPLOY]}
                    steps: [run: echo never]
            """);

        result.Steps("build").ShouldBe("[run: {command: echo $RINGFENCE_TEST_BRANCH}]");
    }

    [Fact]
    [Rule("CL-2.3")]
    public void Leaves_only_concrete_jobs_and_workflows()
    {
        var orbs = new FakeOrbs { { "acme/tool@1", "acme/tool@1.4.0", "commands: {hi: {steps: [run: echo hi]}}" } };
        var result = Compiling.Config("""
            version: 2.1
            parameters: {flag: {type: boolean, default: true}}
            orbs: {tool: acme/tool@1}
            executors: {small: {docker: [image: cimg/base:current], resource_class: small}}
            commands: {twice: {steps: [tool/hi, tool/hi]}}
            jobs:
              test:
                parameters: {n: {type: integer}}
                description: says hi
                executor: small
                steps:
                - twice
                - unless: {condition: << pipeline.parameters.flag >>, steps: [checkout]}
                - run: echo << parameters.n >>
            workflows:
              main:
                jobs:
                - test: {name: test 1, n: 1}
                - test: {name: test 2, n: 2}
            """, orbs: orbs);

        result.Document.ShouldBe("""
            version: 2
            jobs:
              test 1:
                docker: [{image: cimg/base:current}]
                resource_class: small
                steps: [run: {command: echo hi}, run: {command: echo hi}, run: {command: echo 1}]
              test 2:
                docker: [{image: cimg/base:current}]
                resource_class: small
                steps: [run: {command: echo hi}, run: {command: echo hi}, run: {command: echo 2}]
            workflows:
              version: 2
              main: {jobs: [test 1, test 2]}
            """);
        var resolution = Assert.Single(result.Pipeline.Orbs);
        Assert.Equal(("acme/tool@1", "acme/tool@1.4.0"), (resolution.Written, resolution.Resolved));
    }

    [Fact]
    [Rule("CL-2.4")]
    public void Leaves_out_what_no_workflow_reaches_and_does_not_bind_it()
    {
        var result = Compiling.Config("""
            version: 2.1
            executors: {e: {docker: [image: cimg/base:current]}}
            commands:
              needy: {parameters: {x: {type: string}}, steps: [run: 'echo << parameters.x >>']}
              idle: {steps: [needy]}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
              other: {executor: e, steps: [needy]}
            """);

        Assert.Equal("build", result.JobNames);
        result.ShouldMention("RF4015", "Command is unused: idle", 5, 3)
            .ShouldMention("RF4015", "Executor is unused: e", 2, 13)
            .ShouldMention("RF4015", "Job is unused: other", 8, 3);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    [Rule("CL-2.4")]
    public void Checks_the_shape_of_what_no_workflow_reaches() =>
        Compiling.Config("""
            version: 2.1
            commands:
              idle: {steps: [run: {name: nothing}]}
            executors:
              idle: {docker: cimg/base:current}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
              idle: {docker: [image: cimg/base:current]}
            """)
            .ShouldFail("RF3002", "[run] required key [command] not found", 3, 24)
            .ShouldFail("RF3003", "[#/executors/idle/docker] expected type: Sequence, found: String", 5, 10)
            .ShouldFail("RF3002", "[#/jobs/idle] required key [steps] not found", 8, 3);

    [Fact]
    [Rule("CL-2.5")]
    public void Keeps_the_slash_in_the_name_of_an_orb_job_unless_it_is_given_another()
    {
        var orbs = new FakeOrbs { { "acme/tool@1.0.0", "jobs: {test: {docker: [image: cimg/base:current], steps: [checkout]}}" } };
        var result = Compiling.Config("""
            version: 2.1
            orbs: {tool: acme/tool@1.0.0}
            workflows:
              main: {jobs: [tool/test, tool/test: {name: again, requires: [tool/test]}]}
            """, orbs: orbs);

        Assert.Equal("tool/test again", result.JobNames);
        Assert.Equal("tool/test again", result.JobsOf("main"));
    }

    [Fact]
    [Rule("CL-2.6")]
    public void Writes_out_the_short_form_of_run_and_keeps_bare_names() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout, run: make, run: {command: make test, name: Test}, setup_remote_docker]}
            """).Steps("build").ShouldBe("[checkout, run: {command: make}, run: {command: make test, name: Test}, setup_remote_docker]");

    [Fact]
    [Rule("CL-2.7")]
    public void Leaves_out_workflows_whose_condition_is_false_even_if_none_is_left()
    {
        var result = Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            workflows:
              nightly: {when: {equal: [nightly, << pipeline.schedule.name >>]}, jobs: [build]}
              release: {unless: {equal: [main, << pipeline.git.branch >>]}, jobs: [build]}
            """);

        Assert.Empty(result.Pipeline.Workflows);
        Assert.Empty(result.Pipeline.Jobs);
        Assert.Equal(["nightly", "release"], result.Pipeline.Skipped.Select(s => s.Name));
        Assert.Equal("'unless' is true: equal: [main, << pipeline.git.branch >>] (pipeline.git.branch is \"main\")", result.Pipeline.Skipped[1].Reason);
    }

    [Fact]
    [Rule("CL-2.9")]
    public void Tells_the_calls_that_led_to_a_problem_outermost_first()
    {
        var result = Compiling.Config("""
            version: 2.1
            commands:
              outer: {steps: [inner]}
              inner: {steps: [run: 'echo << parameters.x >>']}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [outer]}
            workflows:
              main: {jobs: [build]}
            """).ShouldFailOnly("RF2003", "Arguments referenced without declared parameters: parameters.x", 4, 30);

        Assert.Equal(
            ["Error calling workflow: 'main'", "Error calling job: 'build'", "Error calling command: 'outer'", "Error calling command: 'inner'"],
            result.Errors[0].Calls.Select(c => c.ToString()));
        Assert.Equal(["8:3", "8:17", "6:55", "3:19"], result.Errors[0].Calls.Select(c => c.Span.Position.ToString()));
    }

    [Fact]
    [Rule("CL-2.10", "CL-2.11")]
    public void Tells_all_violations_of_the_schema_and_of_the_expansion_together()
    {
        var result = Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], parallelism: "2"}
              bare: {steps: [checkout]}
              double: {docker: [image: a], machine: true, steps: [checkout]}
              test: {docker: [image: cimg/base:current], steps: [nothing]}
            workflows:
              main: {jobs: [build, test, missing]}
            """);

        result.ShouldFail("RF3002", "[#/jobs/build] required key [steps] not found", 3, 3)
            .ShouldFail("RF3003", "[#/jobs/build/parallelism] expected type: Integer, found: String", 3, 60)
            .ShouldFail("RF3002", "[#/jobs/bare] 0 subschemas matched instead of one", 4, 3)
            .ShouldFail("RF3010", "[#/jobs/double] only 1 subschema matches out of 2", 5, 32)
            .ShouldFail("RF4001", "Cannot find a definition for command named nothing", 6, 54)
            .ShouldFail("RF4002", "Cannot find a definition for job named missing", 8, 30);
        Assert.Equal(6, result.Errors.Length);
    }

    [Fact]
    [Rule("CL-2.11")]
    public void Bounds_how_many_problems_are_kept()
    {
        var jobs = string.Join('\n', Enumerable.Range(0, 20).Select(i => $"  j{i}: {{}}"));
        var result = Compiling.Config($"version: 2.1\njobs:\n{jobs}\nworkflows: {{}}", limits: Limits.Default with { Diagnostics = 5 });

        Assert.Equal(5, result.Diagnostics.Length);
        Assert.True(result.Result.DiagnosticsLeftOut > 0);
    }
}
