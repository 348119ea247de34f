namespace Ringfence.Config.Tests.Rules;

public sealed class NamesOfInvocationsTests
{
    private const string Jobs = """
        version: 2.1
        orbs: {o: {jobs: {j: {docker: [{image: o}], steps: [checkout]}}}}
        jobs:
          a: {docker: [{image: a}], steps: [checkout]}
          b: {docker: [{image: b}], steps: [checkout]}
          p: {parameters: {v: {type: string, default: ""}}, docker: [{image: i}], steps: [run: echo << parameters.v >>]}
        job-groups: {g: {jobs: [a]}}
        workflows:

        """;

    [Rule("CL-17.1")]
    [Fact]
    public void Refuses_a_job_that_is_not_defined() =>
        Sample.Workflow("- aa").ShouldFailOnly("RF4002", "Cannot find a definition for job named aa", 9, 9, "'a'");

    [Rule("CL-17.2")]
    [Fact]
    public void Finds_jobs_of_the_project_of_orbs_and_of_groups() =>
        Assert.Equal("a o/j g/group-start g/a g/group-end", Compiling.Config(Jobs + "  w: {jobs: [a, o/j, g]}").JobsOf("w"));

    [Rule("CL-17.13")]
    [Theory]
    [InlineData("  w: {jobs: [p]}", "p")]
    [InlineData("  w: {jobs: [p: {v: x}, p: {v: y}]}", "p-1 p-2")]
    [InlineData("  w: {jobs: [p: {v: x}]}\n  x: {jobs: [p: {v: y}]}", "p-1 p-2")]
    [InlineData("  w: {jobs: [p: {v: x, name: one}, p: {v: y, name: two}]}", "one two")]
    [InlineData("  w: {jobs: [p: {v: x, name: one}, p: {v: y}]}", "one p")]
    [InlineData("  w: {jobs: [p: {v: x, name: one}, p: {v: y, name: one}]}", "one-1 one-2")]
    [InlineData("  w: {jobs: [p: {v: x}, p: {v: y}, p: {v: z, name: p-1}]}", "p-2 p-3 p-1")]
    public void Numbers_invocations_that_share_a_name(string workflows, string names)
    {
        var compiled = Compiling.Config(Jobs + workflows);

        Assert.Equal(names, compiled.JobNames);
        Assert.Equal(names, string.Join(' ', compiled.Pipeline.Workflows.SelectMany(w => w.Jobs).Select(j => j.Name)));
    }

    /// <summary>The recorded outputs keep one name for invocations that are written alike (README rule 10), also within one workflow.</summary>
    [Rule("CL-17.14")]
    [Theory]
    [InlineData("  w: {jobs: [p: {v: x}]}\n  x: {jobs: [p: {v: x}]}", "p")]
    [InlineData("  w: {jobs: [a]}\n  x: {jobs: [a: {context: c}]}", "a")]
    [InlineData("  w: {jobs: [a, a]}", "a")]
    [InlineData("  w: {jobs: [a, a: {context: c}]}", "a-1 a-2")]
    [InlineData("  w: {jobs: [p: {v: x}, p: {v: x}]}", "p")]
    public void Keeps_the_plain_name_for_what_is_the_same_job(string workflows, string names) =>
        Assert.Equal(names, Compiling.Config(Jobs + workflows).JobNames);

    [Rule("CL-17.15")]
    [Fact]
    public void Shows_the_name_everywhere()
    {
        var compiled = Compiling.Config(Jobs + "  w: {jobs: [a: {name: 'Build, for << pipeline.git.branch >>'}, b: {requires: ['Build, for main']}]}").ShouldMention("RF4015", "unused: p", 6, 3);

        Assert.Equal("Build, for main b", compiled.JobNames);
        compiled.Workflow("w")["jobs"].ShouldBe("['Build, for main', {b: {requires: ['Build, for main']}}]");
    }

    [Rule("CL-17.16")]
    [Theory]
    [InlineData("  w: {jobs: [a: {name: n}, b: {name: n}]}")]
    [InlineData("  w: {jobs: [a: {name: n}]}\n  x: {jobs: [b: {name: n}]}")]
    public void Numbers_different_jobs_of_one_name(string workflows)
    {
        var compiled = Compiling.Config(Jobs + workflows);

        Assert.Equal("n-1 n-2", compiled.JobNames);
        Assert.Equal("a b", $"{compiled.Job("n-1")["docker"][0]["image"].Text} {compiled.Job("n-2")["docker"][0]["image"].Text}");
    }

    [Rule("CL-17.21")]
    [Theory]
    [InlineData("no-op")]
    [InlineData("release")]
    [InlineData("build")]
    public void Refuses_other_inline_types_than_approval(string type) => Sample.Workflow($"- x: {{type: {type}}}").ShouldFailOnly(
        "RF5008", $"Only jobs with `type: approval` can be defined inline under the `workflows:`/`job-groups:` section. For `type: {type}`, define the job in the `jobs:` section",
        9, 19);

    [Rule("CL-17.21", "CL-17.22")]
    [Fact]
    public void Takes_an_approval_of_any_name()
    {
        var compiled = Sample.Workflow("- a\n- Do it?: {type: approval, requires: [a], filters: {branches: {only: main}}}\n- hold: {type: approval, name: wait}");

        compiled.Workflow("w")["jobs"].ShouldBe(
            "[a, {Do it?: {type: approval, requires: [a], filters: {branches: {only: main}}}}, {wait: {type: approval}}]");
        Assert.Equal("a", compiled.JobNames);
    }

    [Rule("CL-17.22")]
    [Fact]
    public void Says_that_an_approval_takes_no_matrix() => Sample.Workflow("- hold: {type: approval, matrix: {parameters: {v: [1]}}}")
        .ShouldMention("RF3014", "'matrix' has no effect on an approval", 9, 32);

    /// <summary>A hint only: vapor/vapor has such an approval.</summary>
    [Rule("CL-17.22")]
    [Fact]
    public void Mentions_an_approval_with_the_name_of_a_job() => Sample.Workflow("- a: {type: approval}\n- b: {requires: [a]}")
        .ShouldMention("RF3016", "The approval 'a' has the name of a job, which it does not run", 9, 9);

    [Rule("CL-17.23")]
    [Fact]
    public void Holds_only_the_jobs_that_require_an_approval()
    {
        var compiled = Sample.Workflow("- hold: {type: approval}\n- a: {requires: [hold]}\n- b");

        Assert.Equal("hold", Assert.Single(compiled.Invocation("w", "a").Requires).Job);
        Assert.Empty(compiled.Invocation("w", "b").Requires);
    }
}
