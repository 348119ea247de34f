using Ringfence.Config.Filters;
using Ringfence.Config.Values;

namespace Ringfence.Config.Tests.Rules;

/// <summary>Section 25 of the specification: whole expansions, worked out by hand.</summary>
public sealed class WorkedExpansionsTests
{
    private const string Greeting = """
        version: 2.1
        commands:
          print:
            parameters: {message: {type: string}}
            steps:
              - run: echo << parameters.message >>
        jobs:
          j:
            parameters: {message: {type: string}}
            docker: [{image: cimg/base:current}]
            steps:
              - print: {message: Hi << parameters.message >>}
        workflows:
          w:
            jobs:
              - j: {message: MESSAGE}
        """;

    [Rule("CL-25.1")]
    [Fact]
    public void A_command_with_a_parameter_called_from_a_job_with_a_parameter() =>
        Compiling.Config(Greeting.Replace("MESSAGE", "Bob", StringComparison.Ordinal)).ShouldBeClean().Document.ShouldBe("""
            version: 2
            jobs: {j: {docker: [{image: cimg/base:current}], steps: [run: {command: echo Hi Bob}]}}
            workflows: {version: 2, w: {jobs: [j]}}
            """);

    [Rule("CL-25.2")]
    [Fact]
    public void A_parameter_read_in_the_workflow() => Compiling.Config(Greeting.Replace("MESSAGE", "<< parameters.message >>", StringComparison.Ordinal))
        .ShouldFailOnly("RF2003", "Arguments referenced without declared parameters: parameters.message", 16, 22, "is known inside of a job, command or executor only");

    [Rule("CL-25.3")]
    [Fact]
    public void A_matrix_of_three_by_three_without_one()
    {
        var compiled = Compiling.Config("""
            version: 2.1
            jobs: {j: {parameters: {a: {type: integer}, b: {type: integer}}, docker: [{image: i}], steps: [run: << parameters.a >> << parameters.b >>]}}
            workflows: {w: {jobs: [j: {matrix: {parameters: {a: [1, 2, 3], b: [4, 5, 6]}, exclude: [{a: 3, b: 5}]}}]}}
            """).ShouldBeClean();

        Assert.Equal("j-1-4 j-1-5 j-1-6 j-2-4 j-2-5 j-2-6 j-3-4 j-3-6", compiled.JobNames);
        Assert.Equal(compiled.JobNames, compiled.JobsOf("w"));
        Assert.Equal("3 6", compiled.Steps("j-3-6")[0]["run"]["command"].Text);
    }

    [Rule("CL-25.4")]
    [Fact]
    public void A_job_with_an_image_of_its_own_over_an_executor() => Compiling.Config("""
        version: 2.1
        executors: {node: {docker: [{image: cimg/node:lts}], environment: {ENV: ci}}}
        jobs: {j: {executor: node, docker: [{image: cimg/base:stable}], steps: [checkout]}}
        workflows: {w: {jobs: [j]}}
        """).ShouldBeClean().Job("j").ShouldBe("{docker: [{image: cimg/base:stable}], environment: [{ENV: ci}], steps: [checkout]}");

    [Rule("CL-25.5")]
    [Theory]
    [InlineData("", "[{run: {command: first}}, {run: {command: last}}]")]
    [InlineData("{middle: [checkout, run: second]}", "[{run: {command: first}}, checkout, {run: {command: second}}, {run: {command: last}}]")]
    public void Steps_as_an_argument(string arguments, string steps) => Compiling.Config($"""
        version: 2.1
        jobs:
          j:
            parameters:
              middle:
                type: steps
                default: []
            docker: [image: i]
            steps:
              - run: first
              - steps: << parameters.middle >>
              - run: last
        workflows:
          w:
            jobs:
              - j: {arguments}
        """).ShouldBeClean().Steps("j").ShouldBe(steps);

    [Rule("CL-25.6")]
    [Fact]
    public void A_boolean_in_the_environment_and_in_a_command()
    {
        var compiled = Compiling.Config("""
            version: 2.1
            jobs: {j: {parameters: {b: {type: boolean}}, docker: [{image: i}], environment: {FLAG: << parameters.b >>}, steps: [run: echo << parameters.b >>]}}
            workflows: {w: {jobs: [j: {b: true}]}}
            """).ShouldBeClean();

        Assert.Equal([("FLAG", "1")], Assert.Single(compiled.Pipeline.Jobs).Environment);
        Assert.Equal("echo true", compiled.Steps("j")[0]["run"]["command"].Text);
    }

    [Rule("CL-25.7")]
    [Fact]
    public void A_value_that_the_first_build_does_not_have() => Assert.Equal("https://github.com/acme/app/compare/<nil>", Compiling.Config(
        """
        version: 2.1
        jobs:
          build:
            docker: [{image: i}]
            environment: {URL: << pipeline.project.git_url >>/compare/<< pipeline.git.base_revision >>}
            steps: [checkout]
        """,
        values: [("pipeline.git.base_revision", null)]).ShouldBeClean().Job("build")["environment"][0]["URL"].Text);

    [Rule("CL-25.8")]
    [Theory]
    [InlineData("main", "", true)]
    [InlineData("staging", "", true)]
    [InlineData("dev", "", false)]
    [InlineData("", "v1.0", false)]
    public void A_logic_statement_and_the_expression_that_means_the_same(string branch, string tag, bool runs)
    {
        var compiled = Compiling.Config(
            """
            version: 2.1
            jobs: {j: {docker: [{image: i}], steps: [checkout]}}
            workflows:
              logic: {when: {or: [{equal: [main, << pipeline.git.branch >>]}, {equal: [staging, << pipeline.git.branch >>]}]}, jobs: [j]}
              expression: {when: 'pipeline.git.branch == "main" or pipeline.git.branch == "staging"', jobs: [j]}
            """,
            branch, tag);

        Assert.Equal(runs ? "logic expression" : "", compiled.WorkflowNames);
    }

    [Rule("CL-25.9")]
    [Fact]
    public void A_job_in_two_workflows_with_different_arguments()
    {
        var compiled = Compiling.Config("""
            version: 2.1
            jobs: {job: {parameters: {v: {type: string}}, docker: [{image: i}], steps: [run: << parameters.v >>]}}
            workflows: {w: {jobs: [job: {v: x}]}, x: {jobs: [job: {v: y}]}}
            """).ShouldBeClean();

        Assert.Equal(("job-1", "job-2"), (compiled.JobsOf("w"), compiled.JobsOf("x")));
    }

    [Rule("CL-25.10")]
    [Fact]
    public void A_requirement_of_a_matrix()
    {
        var compiled = Compiling.Config("""
            version: 2.1
            jobs:
              deploy: {parameters: {to: {type: string}}, docker: [{image: i}], steps: [run: << parameters.to >>]}
              verify: {docker: [{image: i}], steps: [checkout]}
            workflows: {w: {jobs: [deploy: {matrix: {parameters: {to: [eu, us]}}}, verify: {requires: [deploy]}]}}
            """).ShouldBeClean();

        Assert.Equal(["deploy-eu", "deploy-us"], compiled.Invocation("w", "verify").Requires.Select(r => r.Job));
    }

    [Rule("CL-25.11")]
    [Fact]
    public void A_tag_that_only_the_last_job_waits_for()
    {
        var compiled = Compiling.Config(
            """
            version: 2.1
            jobs: {build: {docker: [{image: i}], steps: [checkout]}, deploy: {docker: [{image: i}], steps: [checkout]}}
            workflows: {w: {jobs: [build, deploy: {requires: [build], filters: {tags: {only: /^v.*/}}}]}}
            """,
            branch: "", tag: "v1.0");
        var values = PipelineValues.Local(new GitFacts { Tag = "v1.0" });

        var decisions = JobSelection.Decide(compiled.Pipeline.Workflows[0], values, compiled.Pipeline.Parameters, bySchedule: false);

        Assert.All(decisions, d => Assert.False(d.Runs));
    }

    [Rule("CL-25.12")]
    [Fact]
    public void A_here_document()
    {
        Sample.Steps("- run: |\n    cat <<EOF\n    text\n    EOF").ShouldFailOnly("RF2001", "Unclosed '<<' tag", 7, 15);
        Assert.Equal("cat <<EOF\ntext\nEOF\n", Sample.Steps("- run: |\n    cat \\<<EOF\n    text\n    EOF").ShouldBeClean().Steps("a")[0]["run"]["command"].Text);
    }

    [Rule("CL-25.13")]
    [Fact]
    public void A_group_in_a_serial_group() => Compiling.Config("""
        version: 2.1
        jobs: {migrate: {docker: [{image: i}], steps: [checkout]}, verify: {docker: [{image: i}], steps: [checkout]}}
        job-groups: {g: {jobs: [migrate, verify: {requires: [migrate]}]}}
        workflows: {w: {jobs: [g: {serial-group: prod}]}}
        """).ShouldBeClean().Document.ShouldBe("""
        version: 2
        jobs:
          g/lock: {type: lock, key: prod}
          g/migrate: {docker: [{image: i}], steps: [checkout]}
          g/verify: {docker: [{image: i}], steps: [checkout]}
          g/group-end: {type: no-op}
          g/unlock: {type: unlock, key: prod}
        workflows:
          version: 2
          w:
            jobs:
              - g/lock
              - g/migrate: {requires: [g/lock]}
              - g/verify: {requires: [g/migrate]}
              - g/group-end: {requires: [g/verify]}
              - g/unlock: {requires: [g/group-end: terminal]}
        """);

    [Rule("CL-25.14")]
    [Fact]
    public void A_yes_for_a_text()
    {
        const string Config = """
            version: 2.1
            jobs: {j: {parameters: {p: {type: string}}, docker: [{image: i}], steps: [run: << parameters.p >>]}}
            workflows: {w: {jobs: [j: {p: yes}]}}
            """;

        Compiling.Config(Config).ShouldFailOnly("RF4007", "Type error for argument p: expected type: string", 3, 31);
        Assert.Equal("yes", Compiling.Config(Config.Replace("p: yes", "p: \"yes\"", StringComparison.Ordinal)).Steps("j")[0]["run"]["command"].Text);
    }

    [Rule("CL-25.15")]
    [Fact]
    public void A_branch_or_something_else_on_a_tag() => Assert.Equal("echo unknown branch", Compiling.Config(
        """
        version: 2.1
        jobs:
          build:
            docker: [{image: i}]
            steps:
              - run:
                  command: |
                    echo << pipeline.git.branch or "unknown branch" >>
        """,
        branch: "", tag: "v1").ShouldBeClean().Steps("build")[0]["run"]["command"].Text);
}
