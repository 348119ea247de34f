namespace Ringfence.Config.Tests.Rules;

public sealed class PreAndPostStepsTests
{
    [Rule("CL-17.17")]
    [Fact]
    public void Stand_before_and_after_the_steps_of_the_job() => Sample.Invocation("pre-steps: [run: before, run: just before]\npost-steps: [run: after]")
        .ShouldMention("RF4015", "Job is unused: b", 4, 3).Job("a").ShouldBe(
            "{docker: [{image: i}], steps: [{run: {command: before}}, {run: {command: just before}}, checkout, {run: {command: after}}]}");

    [Rule("CL-17.17")]
    [Fact]
    public void Belong_to_their_own_invocation()
    {
        var compiled = Sample.Workflow("- a\n- a: {name: other, pre-steps: [run: before]}");

        compiled.Steps("a").ShouldBe("[checkout]");
        compiled.Steps("other").ShouldBe("[{run: {command: before}}, checkout]");
        compiled.Workflow("w")["jobs"].ShouldBe("[a, other]");
    }

    [Rule("CL-17.17")]
    [Fact]
    public void Mean_what_their_names_mean_in_the_project() => Compiling.Config("""
        version: 2.1
        orbs:
          o:
            commands: {c: {steps: [run: of the orb]}}
            jobs: {j: {docker: [{image: i}], steps: [c]}}
        commands: {c: {steps: [run: of the project]}}
        workflows: {w: {jobs: [o/j: {pre-steps: [c, o/c], post-steps: [c]}]}}
        """).Steps("o/j").ShouldBe("""
        - run: {command: of the project}
        - run: {command: of the orb}
        - run: {command: of the orb}
        - run: {command: of the project}
        """);

    [Rule("CL-17.17")]
    [Fact]
    public void Go_with_every_member_of_a_matrix()
    {
        var compiled = Compiling.Config("""
            version: 2.1
            jobs: {m: {parameters: {v: {type: string}}, docker: [{image: i}], steps: [run: << parameters.v >>]}}
            workflows: {w: {jobs: [m: {matrix: {parameters: {v: [x, y]}}, pre-steps: [run: before << matrix.v >>]}]}}
            """);

        compiled.Steps("m-x").ShouldBe("[{run: {command: before x}}, {run: {command: x}}]");
        compiled.Steps("m-y").ShouldBe("[{run: {command: before y}}, {run: {command: y}}]");
    }

    [Rule("CL-17.17")]
    [Fact]
    public void Do_not_see_the_parameters_of_the_job() => Compiling.Config("""
        version: 2.1
        jobs: {p: {parameters: {v: {type: string}}, docker: [{image: i}], steps: [checkout]}}
        workflows:
          w:
            jobs:
              - p: {v: x, post-steps: [run: << parameters.v >>]}
        """).ShouldFailOnly("RF2003", "Arguments referenced without declared parameters: parameters.v", 6, 37);

    [Rule("CL-17.17")]
    [Fact]
    public void Are_lists() => Sample.Invocation("pre-steps: checkout").ShouldFailOnly("RF3003", "[pre-steps] expected type: Sequence, found: String", 10, 22);
}
