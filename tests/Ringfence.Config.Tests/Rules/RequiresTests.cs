using Ringfence.Config.Compilation;

namespace Ringfence.Config.Tests.Rules;

public sealed class RequiresTests
{
    [Rule("CL-17.3")]
    [Theory]
    [InlineData("[a]", "success")]
    [InlineData("a", "success")]
    [InlineData("[a: success]", "success")]
    [InlineData("[a: failed]", "failed")]
    [InlineData("[a: [failed, canceled]]", "failed canceled")]
    [InlineData("[a: [not_run, unauthorized]]", "unauthorized not_run")]
    [InlineData("[a: terminal]", "success failed canceled unauthorized not_run")]
    public void Reads_the_statuses_of_a_requirement(string requires, string statuses)
    {
        var compiled = Sample.Workflow($"- a\n- b: {{requires: {requires}}}");

        var requirement = Assert.Single(compiled.Invocation("w", "b").Requires);
        Assert.Equal("a", requirement.Job);
        Assert.Equal(statuses, string.Join(' ', requirement.Statuses.Select(s => s == RequiredStatus.NotRun ? "not_run" : s.ToString().ToLowerInvariant())));
        compiled.Workflow("w")["jobs"][1].ShouldBe($"{{b: {{requires: {requires}}}}}");
    }

    [Rule("CL-17.3")]
    [Theory]
    [InlineData("[a: done]", "RF5004", "'done' is not a status of a job", 27)]
    [InlineData("[a: [failed, terminal]]", "RF5004", "'terminal' is not a status of a job", 36)]
    [InlineData("[[a]]", "RF3003", "[requires] expected type: String, found: Sequence", 24)]
    [InlineData("[{a: failed, b: failed}]", "RF3003", "[requires] expected type: String, found: Mapping", 24)]
    public void Refuses_other_requirements(string requires, string code, string message, int column) =>
        Sample.Workflow($"- a\n- b: {{requires: {requires}}}").ShouldFailOnly(code, message, 10, column);

    [Rule("CL-17.3")]
    [Fact]
    public void Says_that_all_statuses_can_be_written_shorter() =>
        Sample.Workflow("- a\n- b: {requires: [a: [success, failed, canceled, unauthorized, not_run]]}")
            .ShouldMention("RF5013", "Statuses: 'success, failed, canceled, unauthorized, not_run' can be simplified to just 'terminal'", 10, 27);

    [Rule("CL-17.5")]
    [Fact]
    public void Names_the_invocation_and_not_the_job()
    {
        Sample.Workflow("- a: {name: first}\n- b: {requires: [first]}").Workflow("w")["jobs"].ShouldBe("[first, {b: {requires: [first]}}]");
        Sample.Workflow("- a: {name: first}\n- b: {requires: [a]}").ShouldFailOnly("RF5001", "requires job \"a\"", 10, 24);
    }

    [Rule("CL-17.6")]
    [Fact]
    public void Refuses_a_requirement_that_is_not_in_the_workflow() => Sample.Workflow("- b\n- a: {requires: [bb]}").ShouldFailOnly(
        "RF5001", "a: requires job \"bb\" but \"bb\" is not part of this workflow.", 10, 24, "'b'");

    [Rule("CL-17.6")]
    [Theory]
    [InlineData("{name: x-<< matrix.v >>, matrix: {parameters: {v: [p]}}}", "x-p")]
    [InlineData("{matrix: {parameters: {v: [p]}}}", "gone-p")]
    [InlineData("{matrix: {alias: all, parameters: {v: [p]}}}", "all")]
    public void Takes_a_missing_job_for_one_mistake_whatever_its_name_would_be(string keys, string required) =>
        Sample.Workflow($"- gone: {keys}\n- a: {{requires: [{required}]}}").ShouldFailOnly("RF4002", "Cannot find a definition for job named gone", 9, 9);

    [Rule("CL-17.7")]
    [Theory]
    [InlineData("- a: {requires: [c]}\n- b: {requires: [a]}\n- c: {requires: [b]}", "At least one job in the workflow must have no dependencies.", 9, 9)]
    [InlineData("- a\n- b: {requires: [c]}\n- c: {requires: [b]}", "The following jobs are unreachable: b, c", 10, 9)]
    [InlineData("- a: {requires: [a]}\n- b", "The following jobs are unreachable: a", 9, 9)]
    public void Refuses_jobs_that_wait_for_each_other(string jobs, string message, int line, int column) =>
        Sample.Workflow(jobs).ShouldFailOnly("RF5002", message, line, column, "is part of a cycle");

    [Rule("CL-17.8")]
    [Fact]
    public void Requires_every_member_of_a_matrix_with_the_status()
    {
        var compiled = Compiling.Config("""
            version: 2.1
            jobs:
              m: {parameters: {v: {type: integer}}, docker: [{image: i}], steps: [run: echo << parameters.v >>]}
              a: {docker: [{image: i}], steps: [checkout]}
            workflows:
              w:
                jobs:
                  - m: {matrix: {parameters: {v: [1, 2]}}}
                  - a: {requires: [m: failed]}
            """).ShouldBeClean();

        compiled.Workflow("w")["jobs"][2].ShouldBe("{a: {requires: [{m-1: failed}, {m-2: failed}]}}");
        Assert.All(compiled.Invocation("w", "a").Requires, r => Assert.Equal([RequiredStatus.Failed], r.Statuses));
    }

    [Rule("CL-17.10")]
    [Fact]
    public void Does_not_count_the_job_that_requires() => Sample.Workflow("- a\n- a: {requires: [a]}").Workflow("w")["jobs"]
        .ShouldBe("[a-1, {a-2: {requires: [a-1]}}]");

    [Rule("CL-17.10")]
    [Fact]
    public void Refuses_a_requirement_that_means_several_jobs() => Sample.Workflow("- a: {context: x}\n- a: {context: y}\n- b: {requires: [a]}").ShouldFailOnly(
        "RF5003", "b: requires job \"a\" but \"a\" is invoked 2 times in this workflow", 11, 24, "Give each invocation a 'name'");

    [Rule("CL-17.10")]
    [Fact]
    public void Takes_a_requirement_of_one_of_several_with_names() => Sample.Workflow("- a: {name: x}\n- a: {name: y}\n- b: {requires: [x]}")
        .Workflow("w")["jobs"].ShouldBe("[x, y, {b: {requires: [x]}}]");

    [Rule("CL-17.11")]
    [Fact]
    public void Writes_a_requirement_once() => Sample.Workflow("- a\n- b: {requires: [a, a, a: success, a: failed]}").Workflow("w")["jobs"][1]
        .ShouldBe("{b: {requires: [a, {a: failed}]}}");
}
