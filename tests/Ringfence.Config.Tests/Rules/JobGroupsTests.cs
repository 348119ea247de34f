namespace Ringfence.Config.Tests.Rules;

public sealed class JobGroupsTests
{
    [Rule("CL-19.1")]
    [Fact]
    public void Takes_invocations_as_in_a_workflow()
    {
        var compiled = Sample.Group("- a: {name: first, context: x, pre-steps: [run: before]}\n- hold: {type: approval, requires: [first]}\n- b: {requires: [hold]}", "- g");

        Assert.Equal("g/group-start g/first g/hold g/b g/group-end", compiled.JobsOf("w"));
        compiled.Steps("g/first").ShouldBe("[{run: {command: before}}, checkout]");
        Assert.Equal("g", compiled.Invocation("w", "g/b").Group);
    }

    [Rule("CL-19.1")]
    [Theory]
    [InlineData("parameters: {p: {type: string}}", "RF3001", "[#/job-groups/g] extraneous key [parameters] is not permitted", 4, 5)]
    [InlineData("description: x", "RF3001", "[#/job-groups/g] extraneous key [description] is not permitted", 4, 5)]
    public void Refuses_other_keys_of_a_group(string key, string code, string message, int line, int column) => Compiling.Config(
        $"version: 2.1\njob-groups:\n  g:\n    {key}\n    jobs: [a]\njobs: {{a: {{docker: [{{image: i}}], steps: [checkout]}}}}\nworkflows: {{w: {{jobs: [g]}}}}")
        .ShouldFailOnly(code, message, line, column);

    [Rule("CL-19.2")]
    [Fact]
    public void Is_invoked_like_a_job() =>
        Assert.Equal("c x/lock x/a x/group-end x/unlock", Sample.Group("- a", "- c\n- g: {name: x, requires: [c], filters: {branches: {only: main}}, serial-group: k}").JobsOf("w"));

    [Rule("CL-19.2")]
    [Theory]
    [InlineData("matrix: {parameters: {p: [1]}}", "matrix")]
    [InlineData("override-with: o/g", "override-with")]
    [InlineData("context: x", "context")]
    [InlineData("pre-steps: [checkout]", "pre-steps")]
    [InlineData("post-steps: [checkout]", "post-steps")]
    [InlineData("p: 1", "p")]
    public void Refuses_other_keys_where_it_is_invoked(string key, string name) =>
        Sample.Group("- a", $"- g: {{{key}}}").ShouldFailOnly("RF5010", $"Job group invocations do not support '{name}'", 15, 13);

    [Rule("CL-19.2")]
    [Fact]
    public void Has_no_type() => Sample.Group("- a", "- g: {type: no-op}").ShouldFailOnly("RF5008", "For `type: no-op`", 15, 19);

    [Rule("CL-19.3")]
    [Fact]
    public void Cannot_hold_a_group() => Sample.Group("- h", "- g", "  h: {jobs: [a]}")
        .ShouldFailOnly("RF5010", "Job group \"g\" cannot reference job group \"h\" -- nesting is not supported", 10, 9);

    [Rule("CL-19.3")]
    [Fact]
    public void Keeps_requirements_inside() => Sample.Group("- a: {requires: [c]}", "- c\n- g")
        .ShouldFailOnly("RF5001", "\"c\" is not a member of this job group", 10, 24);

    [Rule("CL-19.3")]
    [Theory]
    [InlineData("a")]
    [InlineData("g/a")]
    public void Keeps_its_jobs_from_being_required_outside(string name) => Sample.Group("- a", $"- g\n- c: {{requires: [{name}]}}")
        .ShouldFailOnly("RF5001", $"\"{name}\" is defined inside job group \"g\", not directly in this workflow", 16, 24, "Require 'g' instead.");

    [Rule("CL-19.4")]
    [Fact]
    public void Puts_the_name_of_the_invocation_before_the_names_of_its_jobs() => Assert.Equal(
        "one/group-start one/a one/group-end two/group-start two/a two/group-end", Sample.Group("- a", "- g: {name: one}\n- g: {name: two}").JobsOf("w"));

    [Rule("CL-19.4")]
    [Fact]
    public void Refuses_two_invocations_without_names() => Sample.Group("- a", "- g\n- g: {requires: [g]}").ShouldFailOnly(
        "RF5010", "Job group \"g\" is invoked multiple times without a \"name\" attribute. Each invocation must have a unique name", 16, 9);

    [Rule("CL-19.5")]
    [Fact]
    public void Runs_from_a_start_to_an_end()
    {
        var compiled = Sample.Group("- a\n- b: {requires: [a]}\n- c: {requires: [a]}", "- g");

        compiled.Document["jobs"].ShouldBe("""
            g/group-start: {type: no-op}
            g/a: {docker: [{image: i}], steps: [checkout]}
            g/b: {docker: [{image: i}], steps: [checkout]}
            g/c: {docker: [{image: i}], steps: [checkout]}
            g/group-end: {type: no-op}
            """);
        compiled.Workflow("w")["jobs"].ShouldBe("""
            - g/group-start
            - g/a: {requires: [g/group-start]}
            - g/b: {requires: [g/a]}
            - g/c: {requires: [g/a]}
            - g/group-end: {requires: [g/b, g/c]}
            """);
    }

    [Rule("CL-19.5")]
    [Fact]
    public void Runs_from_a_lock_to_an_unlock_when_it_is_serial() => Sample.Group("- a", "- g: {serial-group: k}").Workflow("w")["jobs"].ShouldBe("""
        - g/lock
        - g/a: {requires: [g/lock]}
        - g/group-end: {requires: [g/a]}
        - g/unlock: {requires: [g/group-end: terminal]}
        """);

    [Rule("CL-19.5")]
    [Fact]
    public void Counts_the_members_of_a_matrix_that_others_require_as_no_leaves() => Compiling.Config("""
        version: 2.1
        jobs:
          m: {parameters: {v: {type: integer}}, docker: [{image: i}], steps: [run: << parameters.v >>]}
          a: {docker: [{image: i}], steps: [checkout]}
        job-groups:
          g: {jobs: [m: {matrix: {parameters: {v: [1, 2]}}}, a: {requires: [m]}]}
        workflows: {w: {jobs: [g]}}
        """).Workflow("w")["jobs"].ShouldBe("""
        - g/group-start
        - g/m-1: {requires: [g/group-start]}
        - g/m-2: {requires: [g/group-start]}
        - g/a: {requires: [g/m-1, g/m-2]}
        - g/group-end: {requires: [g/a]}
        """);

    [Rule("CL-19.6")]
    [Fact]
    public void Gives_requirements_to_its_entry_and_those_of_others_to_its_end() =>
        Sample.Group("- a", "- c\n- g: {requires: [c], filters: {branches: {only: main}}}\n- d: {requires: [g]}\n- b: {requires: [g: not_run]}").Workflow("w")["jobs"].ShouldBe("""
            - c
            - g/group-start: {requires: [c], filters: {branches: {only: main}}}
            - g/a: {requires: [g/group-start]}
            - g/group-end: {requires: [g/a], filters: {branches: {only: main}}}
            - d: {requires: [g/group-end]}
            - b: {requires: [g/group-end: not_run]}
            """);

    [Rule("CL-19.7")]
    [Fact]
    public void Cannot_have_the_name_of_a_job() => Sample.Group("- a", "- g", "  c: {jobs: [a]}")
        .ShouldFail("RF5010", "'c' is a job already", 11, 3);
}
