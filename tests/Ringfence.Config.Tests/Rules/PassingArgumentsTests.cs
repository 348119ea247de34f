namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-5.3 and CL-5.13 to CL-5.21: how values reach parameters.</summary>
public sealed class PassingArgumentsTests
{
    private const string Greet = """
        version: 2.1
        commands:
          greet:
            parameters:
              who: {type: string}
              how: {type: string}
              loud: {type: boolean, default: false}
            steps: [run: "<< parameters.how >> << parameters.who >> << parameters.loud >>"]
        jobs:
          build:
            docker: [image: cimg/base:current]
            steps:
            - 
        """;

    [Fact]
    [Rule("CL-5.3")]
    public void Names_all_arguments_that_are_missing_at_once() =>
        Compiling.Config(Greet + "greet").ShouldFailOnly("RF4005", "Missing required argument(s): who, how", 13, 7, "The command 'greet' has no default for them");

    [Fact]
    [Rule("CL-5.3", "CL-1.16")]
    public void Refuses_arguments_that_are_not_declared() =>
        Compiling.Config(Greet + "greet: {who: a, how: b, load: true}").ShouldFailOnly("RF4006", "Unexpected argument(s): load", 13, 31, "Did you mean 'loud'?");

    [Fact]
    [Rule("CL-5.19")]
    public void Takes_the_arguments_of_a_command_from_the_map_of_its_step() =>
        Compiling.Config(Greet + "greet: {how: Hello, loud: yes, who: world}").Steps("build").ShouldBe("[run: {command: Hello world true}]");

    [Fact]
    [Rule("CL-5.19", "CL-5.20")]
    public void Takes_the_arguments_of_a_job_from_its_invocation_beside_reserved_keys()
    {
        var result = Compiling.Config("""
            version: 2.1
            jobs:
              hold: {type: no-op}
              test:
                parameters: {n: {type: integer, default: 1}}
                docker: [image: cimg/base:current]
                steps: [run: echo << parameters.n >>]
            workflows:
              main:
                jobs:
                - hold
                - test: {requires: [hold], n: 2, name: second}
                - test
            """);

        result.Steps("second").ShouldBe("[run: {command: echo 2}]");
        result.Steps("test").ShouldBe("[run: {command: echo 1}]");
    }

    [Fact]
    [Rule("CL-5.19")]
    public void Takes_the_arguments_of_an_executor_from_its_map_without_the_name() =>
        Compiling.Config("""
            version: 2.1
            executors: {e: {parameters: {tag: {type: string}, size: {type: string, default: small}}, docker: [image: "i:<< parameters.tag >>"], resource_class: << parameters.size >>}}
            jobs:
              build: {executor: {tag: "3", name: e}, steps: [checkout]}
            """).Job("build").ShouldBe("{docker: [image: 'i:3'], resource_class: small, steps: [checkout]}");

    [Fact]
    [Rule("CL-5.20")]
    public void Passes_nothing_with_a_bare_name() =>
        Compiling.Config("""
            version: 2.1
            commands: {c: {parameters: {p: {type: string, default: none}}, steps: [run: 'echo << parameters.p >>']}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [c]}
            """).Steps("build").ShouldBe("[run: {command: echo none}]");

    [Fact]
    [Rule("CL-5.21")]
    public void Takes_a_name_with_nothing_below_and_an_argument_without_a_value_for_none() =>
        Compiling.Config("""
            version: 2.1
            commands: {c: {parameters: {p: {type: string, default: none}}, steps: [run: 'echo << parameters.p >>']}}
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps:
                - c:
                - c:
                    p:
            workflows:
              main:
                jobs:
                - build:
            """).Steps("build").ShouldBe("[run: {command: echo none}, run: {command: echo none}]");

    [Fact]
    [Rule("CL-5.13")]
    public void Puts_steps_in_where_they_are_asked_for_several_times_and_through_several_calls() =>
        Compiling.Config("""
            version: 2.1
            commands:
              outer:
                parameters: {inside: {type: steps, default: []}}
                steps: [steps: << parameters.inside >>, inner: {inside: << parameters.inside >>}, inner: {inside: [run: own, steps: << parameters.inside >>]}]
              inner:
                parameters: {inside: {type: steps}}
                steps: [run: before, steps: << parameters.inside >>]
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps: [outer: {inside: [checkout]}, outer]
            """).Steps("build").ShouldBe("""
            - checkout
            - run: {command: before}
            - checkout
            - run: {command: before}
            - run: {command: own}
            - checkout
            - run: {command: before}
            - run: {command: before}
            - run: {command: own}
            """);

    [Fact]
    [Rule("CL-5.13")]
    public void Takes_steps_as_a_condition_that_holds_when_there_are_any() =>
        Compiling.Config("""
            version: 2.1
            commands:
              c:
                parameters: {after: {type: steps, default: []}}
                steps: [when: {condition: << parameters.after >>, steps: [run: some]}, unless: {condition: << parameters.after >>, steps: [run: none]}]
            jobs:
              build: {docker: [image: cimg/base:current], steps: [c, c: {after: [checkout]}]}
            """).Steps("build").ShouldBe("[run: {command: none}, run: {command: some}]");

    [Theory]
    [Rule("CL-5.13")]
    [InlineData("run: << parameters.inside >>")]
    [InlineData("run: {command: << parameters.inside >>}")]
    [InlineData("run: {command: 'echo << parameters.inside >>'}")]
    [InlineData("save_cache: {key: a, paths: << parameters.inside >>}")]
    public void Refuses_steps_anywhere_else(string step) =>
        Assert.False(Compiling.Config($$$"""
            version: 2.1
            commands: {c: {parameters: {inside: {type: steps, default: [checkout]}}, steps: [{{{step}}}]}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [c]}
            """).Result.IsValid);

    [Fact]
    [Rule("CL-5.13")]
    public void Says_where_steps_cannot_stand() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                parameters: {inside: {type: steps, default: [checkout]}}
                docker: [image: cimg/base:current]
                working_directory: << parameters.inside >>
                steps:
                - run: echo << parameters.inside >>
            """)
            .ShouldFail("RF2007", "A sequence cannot stand inside a text", 8, 17, "- steps: << parameters.name >>")
            .ShouldFail("RF2007", "A sequence of steps cannot stand here", 6, 24, "- steps: << parameters.name >>");

    [Fact]
    [Rule("CL-5.14", "CL-5.16")]
    public void Writes_an_executor_by_its_name_where_a_text_is_asked_for() =>
        Compiling.Config("""
            version: 2.1
            executors: {linux-13: {docker: [image: a]}}
            jobs:
              build:
                parameters: {os: {type: executor, default: linux-13}}
                executor: << parameters.os >>
                environment: {OS: << parameters.os >>}
                working_directory: << parameters.os >>
                steps: [run: echo << parameters.os >>, run: {command: << parameters.os >>}]
            """).Job("build").ShouldBe("""
            docker: [{image: a}]
            working_directory: linux-13
            environment: [OS: linux-13]
            steps: [run: {command: echo linux-13}, run: {command: linux-13}]
            """);

    [Fact]
    [Rule("CL-5.14")]
    public void Checks_the_arguments_of_an_executor_that_a_parameter_names() =>
        Compiling.Config("""
            version: 2.1
            executors: {e: {parameters: {n: {type: integer}}, docker: [image: "i:<< parameters.n >>"]}}
            jobs:
              build: {parameters: {os: {type: executor}}, executor: << parameters.os >>, steps: [checkout]}
            workflows:
              main: {jobs: [build: {os: {name: e, n: "3"}}]}
            """).ShouldFailOnly("RF4007", "Type error for argument n: expected type: integer, actual value: \"3\" (type string)", 6, 42);

    [Fact]
    [Rule("CL-5.15")]
    public void Takes_the_executor_of_an_orb_for_an_executor()
    {
        var orbs = new FakeOrbs { { "acme/tool@1.0.0", "executors: {small: {docker: [image: tiny]}}" } };
        var result = Compiling.Config("""
            version: 2.1
            orbs: {tool: acme/tool@1.0.0}
            jobs:
              build: {parameters: {os: {type: executor, default: tool/small}}, executor: << parameters.os >>, steps: [checkout]}
            """, orbs: orbs);

        result.Job("build")["docker"].ShouldBe("[image: tiny]");
    }

    [Fact]
    [Rule("CL-5.15")]
    public void Refuses_a_default_that_names_no_executor_once_it_is_used() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build: {parameters: {os: {type: executor, default: nope}}, executor: << parameters.os >>, steps: [checkout]}
            """).ShouldFailOnly("RF4003", "Cannot find a definition for executor named nope", 3, 54);

    [Fact]
    [Rule("CL-5.16")]
    public void Compares_executors_by_name_and_runs_a_matrix_over_them()
    {
        var result = Compiling.Config("""
            version: 2.1
            executors: {linux-13: {docker: [image: a]}, linux-15: {docker: [image: b]}}
            jobs:
              test:
                parameters: {os: {type: executor}}
                executor: << parameters.os >>
                steps: [when: {condition: {equal: [linux-13, << parameters.os >>]}, steps: [run: old]}, run: all]
            workflows:
              main: {jobs: [test: {matrix: {parameters: {os: [linux-13, linux-15]}}}]}
            """).ShouldBeClean();

        result.Job("test-linux-13").ShouldBe("{docker: [image: a], steps: [run: {command: old}, run: {command: all}]}");
        result.Job("test-linux-15").ShouldBe("{docker: [image: b], steps: [run: {command: all}]}");
    }

    [Fact]
    [Rule("CL-5.17", "CL-5.18")]
    public void Hides_the_parameters_of_a_caller_from_what_it_calls() =>
        Compiling.Config("""
            version: 2.1
            commands: {c: {parameters: {own: {type: string, default: x}}, steps: [run: "echo << parameters.mine >>"]}}
            jobs:
              build: {parameters: {mine: {type: string, default: y}}, docker: [image: cimg/base:current], steps: [c]}
            """).ShouldFailOnly("RF2003", "Arguments referenced without declared parameters: parameters.mine", 2, 82, "Declare it under 'parameters:'");

    [Fact]
    [Rule("CL-5.17")]
    public void Passes_values_on_that_are_written_out() =>
        Compiling.Config("""
            version: 2.1
            commands: {c: {parameters: {own: {type: integer}}, steps: [run: {command: << parameters.own >>}]}}
            jobs:
              build: {parameters: {mine: {type: integer, default: 7}}, docker: [image: cimg/base:current], steps: [c: {own: << parameters.mine >>}]}
            """).Steps("build").ShouldBe("[run: {command: 7}]");

    [Fact]
    [Rule("CL-5.17", "CL-5.2")]
    public void Passes_an_enum_on_to_a_text() =>
        Assert.Empty(Compiling.Config("""
            version: 2.1
            commands: {c: {parameters: {own: {type: string}}, steps: [run: {command: << parameters.own >>}]}}
            jobs:
              build: {parameters: {mine: {type: enum, enum: [a, b], default: a}}, docker: [image: cimg/base:current], steps: [c: {own: << parameters.mine >>}]}
            """).Errors);

    [Fact]
    [Rule("CL-5.18")]
    public void Hints_at_the_parameter_that_was_probably_meant() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build: {parameters: {version: {type: string, default: y}}, docker: [image: << parameters.verison >>], steps: [checkout]}
            """).ShouldFailOnly("RF2003", "parameters.verison", 3, 78, "Did you mean 'parameters.version'?");
}
