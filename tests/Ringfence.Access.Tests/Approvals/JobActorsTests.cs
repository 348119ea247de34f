using Ringfence.Access.Approvals;
using Ringfence.Access.Names;
using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Values;

namespace Ringfence.Access.Tests.Approvals;

public sealed class JobActorsTests
{
    private static readonly CompiledWorkflow Workflow = Compile("""
        version: 2.1
        jobs:
          work:
            docker: [{image: cimg/base:2026.01}]
            steps: [{run: make}]
        workflows:
          all:
            jobs:
              - work: {name: build}
              - first: {type: approval, requires: [build]}
              - work: {name: stage, requires: [first]}
              - second: {type: approval, requires: [stage]}
              - other: {type: approval, requires: [build]}
              - work: {name: deploy, requires: [second]}
              - work: {name: deploy-too, requires: [second, build]}
              - work: {name: both, requires: [stage, other]}
              - work: {name: late, requires: [deploy, both]}
        """);

    [Theory]
    [Rule("ACT-2", "ACT-3", "EX-3.12", "EX-12.2")]
    [InlineData("build", new int[] { })]
    [InlineData("stage", new[] { 1 })]
    [InlineData("deploy", new[] { 2 })]
    [InlineData("deploy-too", new[] { 2 })]
    [InlineData("both", new[] { 1, 3 })]
    [InlineData("late", new[] { 1, 2, 3 })]
    [InlineData("no-such", new int[] { })]
    public void The_nearest_approvers_on_each_way_count(string job, int[] approvers) =>
        Assert.Equal(approvers, Of(job, ("first", 1), ("second", 2), ("other", 3)));

    [Fact]
    [Rule("ACT-3")]
    public void One_who_approved_twice_counts_once() => Assert.Equal([1], Of("late", ("first", 1), ("second", 1), ("other", 1)));

    [Fact]
    [Rule("ACT-2")]
    public void An_approval_that_nobody_gave_changes_nothing()
    {
        Assert.Equal([1], Of("deploy", ("first", 1)));
        Assert.Empty(Of("deploy"));
    }

    private static IEnumerable<int> Of(string job, params (string Job, int Who)[] approvals) =>
        JobActors.ApproversOf(Workflow, job, approvals.ToDictionary(a => a.Job, a => new ActorId(Some.Id(a.Who)), StringComparer.Ordinal))
            .Select(a => Enumerable.Range(1, 3).Single(i => Some.Id(i) == a.Value));

    private static CompiledWorkflow Compile(string yaml)
    {
        var result = Compiler.Compile(ConfigSource.From("config.yml", yaml), new CompileRequest { Values = PipelineValues.Empty });
        return result.Pipeline?.Workflows[0] ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}
