namespace Ringfence.Config.Tests.Rules;

public sealed class ConditionalStepsTests
{
    [Rule("CL-14.1", "CL-14.2")]
    [Theory]
    [InlineData("when", true, true)]
    [InlineData("when", false, false)]
    [InlineData("unless", true, false)]
    [InlineData("unless", false, true)]
    public void Decides_at_compile_time_whether_steps_stay(string step, bool value, bool stays) => Compiling.Config($$$"""
        version: 2.1
        jobs:
          a:
            parameters: {p: {type: boolean}}
            docker: [{image: i}]
            steps:
              - checkout
              - {{{step}}}: {condition: << parameters.p >>, steps: [run: inside]}
        workflows: {w: {jobs: [a: {p: {{{(value ? "true" : "false")}}} }]}}
        """).Steps("a").ShouldBe(stays ? "[checkout, {run: {command: inside}}]" : "[checkout]");

    [Rule("CL-14.1")]
    [Fact]
    public void Takes_conditions_wherever_a_step_may_stand() => Compiling.Config("""
        version: 2.1
        commands:
          c:
            parameters: {then: {type: steps}}
            steps:
              - when: {condition: true, steps: [unless: {condition: false, steps: [run: nested in a command]}]}
              - steps: << parameters.then >>
        jobs:
          a:
            docker: [{image: i}]
            steps:
              - c: {then: [when: {condition: true, steps: [run: argument]}, when: {condition: false, steps: [run: lost]}]}
        workflows:
          w:
            jobs:
              - a:
                  pre-steps: [when: {condition: true, steps: [run: before]}]
                  post-steps: [unless: {condition: true, steps: [run: lost]}, run: after]
        """).Steps("a").ShouldBe("""
        - {run: {command: before}}
        - {run: {command: nested in a command}}
        - {run: {command: argument}}
        - {run: {command: after}}
        """);

    [Rule("CL-14.2")]
    [Fact]
    public void Warns_when_no_step_is_left() => Sample.Steps("- when: {condition: false, steps: [checkout]}")
        .ShouldMention("RF3019", "no step is left of 'steps' once its conditions are decided", 3, 3).Steps("a").ShouldBe("[]");

    [Rule("CL-14.3")]
    [Fact]
    public void Sees_the_parameters_of_its_element_and_the_pipeline() => Compiling.Config("""
        version: 2.1
        parameters: {flag: {type: boolean, default: true}}
        commands:
          c:
            parameters: {os: {type: string}}
            steps:
              - when: {condition: {equal: [linux, << parameters.os >>]}, steps: [run: own parameter]}
              - when: {condition: {equal: [main, << pipeline.git.branch >>]}, steps: [run: pipeline value]}
              - when: {condition: << pipeline.parameters.flag >>, steps: [run: pipeline parameter]}
        jobs:
          a: {docker: [{image: i}], steps: [c: {os: linux}]}
        workflows: {w: {jobs: [a]}}
        """).Steps("a").ShouldBe("[{run: {command: own parameter}}, {run: {command: pipeline value}}, {run: {command: pipeline parameter}}]");

    [Rule("CL-14.3")]
    [Fact]
    public void Takes_an_expression_for_a_text_that_is_always_true() => Sample.Steps("- when: {condition: pipeline.git.branch == \"x\", steps: [checkout]}")
        .ShouldMention("RF2009", "A text is always true as a condition", 6, 27, "not expressions").Steps("a").ShouldBe("[checkout]");

    [Rule("CL-14.4")]
    [Fact]
    public void Leaves_the_attribute_of_the_same_name_to_the_run() => Sample.Steps("- run: {command: c, when: on_fail}\n- when: {condition: true, steps: [run: {command: d, when: always}]}")
        .Steps("a").ShouldBe("[{run: {command: c, when: on_fail}}, {run: {command: d, when: always}}]");

    [Rule("CL-14.4")]
    [Fact]
    public void Refuses_the_value_of_the_attribute_in_the_step() =>
        Sample.Steps("- when: on_fail").ShouldFailOnly("RF3003", "[when] expected type: Mapping, found: String", 6, 15, "an attribute of a step stands inside of it");

    [Rule("CL-14.5")]
    [Fact]
    public void Takes_a_single_step_without_a_list() =>
        Sample.Steps("- when: {condition: true, steps: {run: c}}\n- when: {condition: true, steps: checkout}").Steps("a").ShouldBe("[{run: {command: c}}, checkout]");

    [Rule("CL-14.6")]
    [Theory]
    [InlineData("- when: {condition: true, steps: [checkout]}\n  run: c", "RF3009", "A step has one key", 7, 9)]
    [InlineData("- when: {condition: true, steps: [checkout], name: n}", "RF3001", "[when] extraneous key [name] is not permitted", 6, 52)]
    [InlineData("- when: {steps: [checkout]}", "RF3002", "[when] required key [condition] not found", 6, 16)]
    [InlineData("- unless: {condition: true}", "RF3002", "[unless] required key [steps] not found", 6, 18)]
    public void Refuses_other_keys_of_a_conditional_step(string steps, string code, string message, int line, int column) =>
        Sample.Steps(steps).ShouldFailOnly(code, message, line, column);
}
