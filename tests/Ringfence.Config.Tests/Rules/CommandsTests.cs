namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-9: commands.</summary>
public sealed class CommandsTests
{
    [Theory]
    [Rule("CL-9.1")]
    [InlineData("{description: says hi}", "RF3002", "[#/commands/c] required key [steps] not found", 16)]
    [InlineData("{steps: []}", "RF3004", "[#/commands/c] 'steps' needs at least one step", 23)]
    [InlineData("{steps: checkout}", "RF3003", "[#/commands/c/steps] expected type: Sequence, found: String", 23)]
    [InlineData("{steps: [checkout], environment: {A: b}}", "RF3001", "[#/commands/c] extraneous key [environment] is not permitted", 35)]
    [InlineData("[checkout]", "RF3003", "[#/commands/c] expected type: Mapping, found: Sequence", 15)]
    public void Refuses_commands_of_another_shape(string command, string code, string message, int column) =>
        Compiling.Config($$"""
            version: 2.1
            commands: {c: {{command}}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldFailOnly(code, message, 2, column);

    [Fact]
    [Rule("CL-9.1", "CL-9.2")]
    public void Puts_the_steps_of_a_command_where_it_is_called_to_any_depth() =>
        Compiling.Config("""
            version: 2.1
            commands:
              outer: {description: calls, steps: [run: before, middle, run: after]}
              middle: {parameters: {n: {type: integer, default: 2}}, steps: [inner: {n: << parameters.n >>}, inner]}
              inner: {parameters: {n: {type: integer, default: 1}}, steps: [run: echo << parameters.n >>]}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout, outer, run: end]}
            """).ShouldBeClean().Steps("build").ShouldBe("""
            [checkout, run: {command: before}, run: {command: echo 2}, run: {command: echo 1}, run: {command: after}, run: {command: end}]
            """);

    [Theory]
    [Rule("CL-9.2")]
    [InlineData("a: {steps: [a]}", 3, 15)]
    [InlineData("a: {steps: [b]}\n  b: {steps: [checkout, a]}", 4, 25)]
    [InlineData("a: {steps: [when: {condition: true, steps: [a]}]}", 3, 47)]
    public void Refuses_a_command_that_calls_itself(string commands, int line, int column) =>
        Compiling.Config($$"""
            version: 2.1
            commands:
              {{commands}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [a]}
            """).ShouldFailOnly("RF4010", "The command 'a' calls itself", line, column, "Remove the call");

    [Fact]
    [Rule("CL-9.2")]
    public void Takes_deep_calls_and_refuses_endless_ones_by_a_limit()
    {
        static string Chain(int length) => string.Concat(Enumerable.Range(0, length).Select(i => $"  c{i}: {{steps: [{(i + 1 < length ? $"c{i + 1}" : "checkout")}]}}\n"));
        static string Source(int length) => "version: 2.1\ncommands:\n" + Chain(length) + "jobs:\n  build: {docker: [image: a], steps: [c0]}\n";

        Compiling.Config(Source(60)).Steps("build").ShouldBe("[checkout]");
        Assert.Contains(Compiling.Config(Source(200)).Errors, e => e.Code.Id is "RF4010" or "RF3013");
    }

    [Fact]
    [Rule("CL-9.3")]
    public void Finds_own_commands_before_built_in_steps_and_orb_commands_by_their_alias()
    {
        var orbs = new FakeOrbs { { "acme/tool@1.0.0", "commands: {checkout: {steps: [run: the orb's]}}" } };

        Compiling.Config("""
            version: 2.1
            orbs: {tool: acme/tool@1.0.0}
            commands:
              checkout: {steps: [run: mine]}
              save_cache: {parameters: {key: {type: string}}, steps: [run: "cache << parameters.key >>"]}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout, checkout: {}, tool/checkout, save_cache: {key: k}, run: x]}
            """, orbs: orbs).Steps("build").ShouldBe("[run: {command: mine}, run: {command: mine}, run: {command: the orb's}, run: {command: cache k}, run: {command: x}]");
    }

    [Theory]
    [Rule("CL-9.4")]
    [InlineData("instal", "RF4001", "Cannot find a definition for command named instal", "Did you mean 'install'?")]
    [InlineData("chekout", "RF4001", "Cannot find a definition for command named chekout", "Did you mean 'checkout'?")]
    [InlineData("tool/nothing", "RF4001", "Cannot find a definition for command named tool/nothing", null)]
    [InlineData("tol/install", "RF4004", "Cannot find orb 'tol' looking for command named 'tol/install'", "Did you mean 'tool'?")]
    [InlineData("something: {a: b}", "RF4001", "Cannot find a definition for command named something", "Define it under 'commands:'")]
    public void Refuses_commands_that_are_not_defined(string step, string code, string message, string? hint) =>
        Compiling.Config($$$$$"""
            version: 2.1
            orbs: {tool: {commands: {install: {steps: [checkout]}}}}
            commands: {install: {steps: [checkout]}}
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps: [{{{{{step}}}}}]
            """).ShouldFailOnly(code, message, 7, 13, hint);

    [Fact]
    [Rule("CL-9.5")]
    public void Resolves_names_inside_an_orb_in_the_orb()
    {
        var orbs = new FakeOrbs
        {
            { "acme/tool@1.0.0", "orbs: {base: acme/base@1.0.0}\ncommands: {outer: {steps: [inner, base/inner]}, inner: {steps: [run: tool]}}" },
            { "acme/base@1.0.0", "commands: {inner: {steps: [run: base]}}" },
        };

        Compiling.Config("""
            version: 2.1
            orbs: {tool: acme/tool@1.0.0}
            commands: {inner: {steps: [run: mine]}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [tool/outer, inner]}
            """, orbs: orbs).Steps("build").ShouldBe("[run: {command: tool}, run: {command: base}, run: {command: mine}]");
    }

    [Fact]
    [Rule("CL-9.5")]
    public void Hides_the_commands_and_orbs_of_a_project_from_its_orbs()
    {
        var result = Compiling.Config("""
            version: 2.1
            orbs:
              other: {commands: {hi: {steps: [checkout]}}}
              tool: {commands: {a: {steps: [mine]}, b: {steps: [other/hi]}}}
            commands: {mine: {steps: [checkout]}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [tool/a, tool/b, mine, other/hi]}
            """);

        result.ShouldFail("RF4001", "Cannot find a definition for command named mine", 4, 33)
            .ShouldFail("RF4004", "Cannot find orb 'other' looking for command named 'other/hi'", 4, 53);
    }

    [Fact]
    [Rule("CL-9.6", "CL-10.8")]
    public void Takes_a_name_for_another_name_of_an_orbs_element()
    {
        var orbs = new FakeOrbs
        {
            {
                "acme/tool@1.0.0", """
                commands: {hi: {parameters: {who: {type: string}}, steps: [run: "hi << parameters.who >>"]}}
                executors: {small: {docker: [image: tiny]}}
                jobs: {test: {docker: [image: tiny], steps: [run: test]}}
                """
            },
        };
        var result = Compiling.Config("""
            version: 2.1
            orbs: {tool: acme/tool@1.0.0}
            commands: {greet: tool/hi}
            executors: {mine: tool/small}
            jobs:
              build: {executor: mine, steps: [greet: {who: you}]}
              test: tool/test
            workflows: {main: {jobs: [build, test]}}
            """, orbs: orbs).ShouldBeClean();

        result.Job("build").ShouldBe("{docker: [image: tiny], steps: [run: {command: hi you}]}");
        result.Steps("test").ShouldBe("[run: {command: test}]");
    }

    [Fact]
    [Rule("CL-9.6")]
    public void Refuses_another_name_of_nothing() =>
        Compiling.Config("""
            version: 2.1
            orbs: {tool: {commands: {hi: {steps: [checkout]}}}}
            commands: {greet: tool/hello}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [greet]}
            """).ShouldFailOnly("RF4001", "Cannot find a definition for command named tool/hello", 3, 19);

    [Theory]
    [Rule("CL-9.7")]
    [InlineData("when: on_fail")]
    [InlineData("name: Say hi")]
    [InlineData("environment: {A: b}")]
    public void Takes_attributes_of_a_step_for_arguments_of_the_command(string attribute) =>
        Compiling.Config($$$"""
            version: 2.1
            commands: {hi: {steps: [run: hi]}}
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps:
                - hi: { {{{attribute}}} }
            """).ShouldFailOnly("RF4006", $"Unexpected argument(s): {attribute[..attribute.IndexOf(':', StringComparison.Ordinal)]}", 7, 13, "The command 'hi' takes no arguments");

    [Fact]
    [Rule("CL-9.7")]
    public void Passes_an_attribute_on_that_the_command_declares() =>
        Compiling.Config("""
            version: 2.1
            commands: {hi: {parameters: {when: {type: string, default: always}}, steps: [run: {command: hi, when: << parameters.when >>}]}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [hi: {when: on_fail}]}
            """).Steps("build").ShouldBe("[run: {command: hi, when: on_fail}]");

    [Fact]
    [Rule("CL-9.7")]
    public void Refuses_a_command_in_the_place_of_a_job() =>
        Compiling.Config("""
            version: 2.1
            commands: {hi: {steps: [checkout]}}
            workflows: {main: {jobs: [hi]}}
            """).ShouldFailOnly("RF4002", "Cannot find a definition for job named hi", 3, 27);

    [Fact]
    [Rule("CL-9.8")]
    public void Takes_a_command_of_an_orb_named_deploy_for_that_in_the_orb_only()
    {
        var orbs = new FakeOrbs { { "acme/tool@1.0.0", "commands: {deploy: {parameters: {to: {type: string}}, steps: [run: 'ship << parameters.to >>']}, all: {steps: [deploy: {to: x}]}}" } };

        Compiling.Config("""
            version: 2.1
            orbs: {tool: acme/tool@1.0.0}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [tool/all, deploy: {command: make}]}
            """, orbs: orbs).Steps("build").ShouldBe("[run: {command: ship x}, deploy: {command: make}]");
    }
}
