using Ringfence.Config.Yaml;

namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-6: what <c>&lt;&lt; … &gt;&gt;</c> becomes.</summary>
public sealed class InterpolationTests
{
    [Theory]
    [Rule("CL-6.1")]
    [InlineData("<<pipeline.number>>")]
    [InlineData("<< pipeline.number >>")]
    [InlineData("<<   pipeline.number>>")]
    [InlineData("\"<<\\tpipeline.number\\n>>\"")]
    [InlineData("<< pipeline.git.branch == \"main\" and 1 >>")]
    public void Takes_references_and_expressions_with_any_blanks_around(string text) =>
        Run(text).Steps("build").ShouldBe("[run: {command: 1}]");

    [Fact]
    [Rule("CL-6.3")]
    public void Keeps_the_type_of_a_value_that_is_the_whole_scalar() =>
        Compiling.Config("""
            version: 2.1
            parameters: {n: {type: integer, default: 3}, yes: {type: boolean, default: true}}
            jobs:
              build:
                docker: [image: cimg/base:current]
                parallelism: "  << pipeline.parameters.n >> "
                environment: {YES: << pipeline.parameters.yes >>, NONE: << pipeline.git.base_revision >>}
                steps:
                - run:
                    command: make
                    background: |
                      << pipeline.parameters.yes >>
            """, values: [("pipeline.git.base_revision", null)]).ShouldBeClean().Job("build").ShouldBe("""
            docker: [{image: cimg/base:current}]
            parallelism: 3
            environment: [YES: true, NONE: null]
            steps: [run: {command: make, background: true}]
            """);

    [Theory]
    [Rule("CL-6.4", "CL-6.5", "CL-6.7")]
    [InlineData("n=<< pipeline.number >>", "n=1")]
    [InlineData("<< pipeline.number >><< pipeline.number >>", "11")]
    [InlineData("<< pipeline.number >> << pipeline.number >>", "1 1")]
    [InlineData("b=<< pipeline.git.branch.is_default >>", "b=false")]
    [InlineData("s=<< pipeline.git.commit.subject >>", "s=$(it's) \"quoted\" \\ ; rm")]
    [InlineData("u=<< pipeline.git.base_revision >>/<< pipeline.number >>", "u=<nil>/1")]
    [InlineData("t=<< pipeline.git.tag >>.", "t=.")]
    public void Writes_values_into_a_text_around_them(string text, string expected)
    {
        var command = Run(text, ("pipeline.git.commit.subject", "$(it's) \"quoted\" \\ ; rm"), ("pipeline.git.base_revision", null)).Steps("build")[0]["run"]["command"];

        Assert.Equal((ScalarKind.String, expected), (command.Kind, command.Text));
    }

    [Fact]
    [Rule("CL-6.9")]
    public void Goes_into_values_lists_and_blocks_but_not_into_keys() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: "cimg/base:<< pipeline.number >>"]
                environment: {"K_<< pipeline.number >>": v}
                steps:
                - save_cache: {key: k, paths: [a, "b<< pipeline.number >>"]}
                - run: |
                    one << pipeline.number >>
                    two << pipeline.number >>
                - run: >
                    folded
                    << pipeline.number >>
            """).Job("build").ShouldBe("""
            docker: [{image: 'cimg/base:1'}]
            environment: ["K_<< pipeline.number >>": v]
            steps:
            - save_cache: {key: k, paths: [a, b1]}
            - run: {command: "one 1\ntwo 1\n"}
            - run: {command: "folded 1"}
            """);

    [Theory]
    [Rule("CL-6.10", "CL-25.12")]
    [InlineData(@"cat \<<EOF", "cat <<EOF")]
    [InlineData(@"echo \<< pipeline.number >>", "echo << pipeline.number >>")]
    [InlineData(@"dir C:\\<< pipeline.number >>", @"dir C:\1")]
    [InlineData(@"echo \\\<<x", @"echo \<<x")]
    [InlineData(@"echo a\b \\ c", @"echo a\b \\ c")]
    [InlineData(@"read \<<\< word", @"read <<\< word")]
    public void Takes_a_backslash_before_angle_brackets_as_an_escape(string text, string expected) =>
        Assert.Equal(expected, Run($"'{text}'").Steps("build")[0]["run"]["command"].Text);

    [Fact]
    [Rule("CL-6.11", "CL-25.12")]
    public void Refuses_angle_brackets_that_are_not_closed_at_their_own_place() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps:
                - run: |
                    echo hello
                    cat <<EOF
                    text
                    EOF
            """).ShouldFailOnly("RF2001", "Unclosed '<<' tag ('<<' must be escaped as '\\<<' in config v2.1+)", 8, 13, "here-document");

    [Theory]
    [Rule("CL-6.12")]
    [InlineData("<< pipeline.nothing >>", "Unknown variable(s): pipeline.nothing", null)]
    [InlineData("<< pipeline.git.branhc >>", "Unknown variable(s): pipeline.git.branhc", "Did you mean 'pipeline.git.branch'?")]
    [InlineData("<< pipeline.parameters.x >>", "Unknown variable(s): pipeline.parameters.x", null)]
    [InlineData("<< matrix.x >>", "Unknown variable(s): matrix.x", "'matrix.*' is known beside its own 'matrix:' only.")]
    [InlineData("<< network >>", "Unknown variable(s): network", "Write '\\<<'")]
    [InlineData("<< job.name >>", "Unknown variable(s): job.name", null)]
    public void Refuses_names_that_mean_nothing(string text, string message, string? hint) =>
        Run(text).ShouldFailOnly("RF2002", message, 5, 28, hint);

    [Fact]
    [Rule("CL-6.12")]
    public void Names_each_unknown_variable_at_its_own_place() =>
        Run("a << one >> b << two >>").ShouldFail("RF2002", "Unknown variable(s): one", 5, 30).ShouldFail("RF2002", "Unknown variable(s): two", 5, 42);

    [Fact]
    [Rule("CL-6.14")]
    public void Never_reads_again_what_was_put_in()
    {
        const string Hostile = "<< pipeline.project.type >> <<";
        var result = Compiling.Config("""
            version: 2.1
            parameters: {text: {type: string, default: none}}
            executors:
              e: {parameters: {tag: {type: string}}, docker: [image: << parameters.tag >>]}
            commands:
              c: {parameters: {p: {type: string}}, steps: [run: {command: << parameters.p >>}, run: "echo << parameters.p >>"]}
            jobs:
              build:
                parameters: {os: {type: executor}, text: {type: string}}
                executor: << parameters.os >>
                steps: [c: {p: << parameters.text >>}]
            workflows:
              main:
                jobs:
                - build:
                    os: {name: e, tag: << pipeline.parameters.text >>}
                    name: build
                    matrix: {parameters: {text: [<< pipeline.parameters.text >>]}}
            """, parameters: [("text", Hostile)]).ShouldBeClean();

        result.Job("build").ShouldBe($$"""
            docker: [image: "{{Hostile}}"]
            steps: [run: {command: "{{Hostile}}"}, run: {command: "echo {{Hostile}}"}]
            """);
    }

    [Fact]
    [Rule("CL-6.14")]
    public void Undoes_an_escape_once_on_the_way_through_matrix_and_executor() =>
        Compiling.Config("""
            version: 2.1
            executors:
              e: {parameters: {tag: {type: string}}, docker: [image: << parameters.tag >>]}
            jobs:
              build:
                parameters: {os: {type: executor}, text: {type: string}}
                executor: << parameters.os >>
                steps: [run: {command: << parameters.text >>}]
            workflows:
              main: {jobs: [build: {name: build, os: {name: e, tag: 'a\<<b'}, matrix: {parameters: {text: ['cat \<<EOF']}}}]}
            """).Job("build").ShouldBe("{docker: [image: a<<b], steps: [run: {command: cat <<EOF}]}");

    [Fact]
    [Rule("CL-6.15")]
    public void Does_not_know_the_include_of_packing() =>
        Run("<<include(scripts/x.sh)>>").ShouldFailOnly("RF2004", "Only packing can include a file", 5, 28, "Pack the config");

    [Fact]
    [Rule("CL-6.16", "CL-6.17")]
    public void Leaves_cache_templates_and_variables_to_the_job() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [{image: "$REGISTRY/app:$TAG", auth: {username: $USER, password: $PASSWORD}}]
                working_directory: ~/$CIRCLE_PROJECT
                environment: {PATH: "${HOME}/bin:$PATH"}
                steps:
                - restore_cache: {key: 'v1-{{ checksum "go.sum" }}-{{ .Branch }}'}
                - run: echo ${CIRCLE_BRANCH}
            """).ShouldBeClean().Job("build").ShouldBe("""
            docker: [{image: "$REGISTRY/app:$TAG", auth: {username: $USER, password: $PASSWORD}}]
            working_directory: ~/$CIRCLE_PROJECT
            environment: [PATH: "${HOME}/bin:$PATH"]
            steps:
            - restore_cache: {key: 'v1-{{ checksum "go.sum" }}-{{ .Branch }}'}
            - run: {command: 'echo ${CIRCLE_BRANCH}'}
            """);

    [Theory]
    [Rule("CL-6.18")]
    [InlineData("main", "10")]
    [InlineData("topic", "1")]
    public void Keeps_the_type_of_what_and_and_or_give(string branch, string parallelism) =>
        Assert.Equal(parallelism, Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                parallelism: << pipeline.git.branch == "main" and 10 or 1 >>
                steps: [checkout]
            """, branch: branch).ShouldBeClean().Job("build")["parallelism"].Json);

    [Fact]
    [Rule("CL-6.19")]
    public void Takes_an_expression_in_any_yaml_style_that_can_hold_it() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps:
                - run: '<< pipeline.git.branch == "a: b" or "plain" >>'
                - run: "<< pipeline.git.branch == \"a: b\" or \"plain\" >>"
                - run: |
                    << pipeline.git.branch == "a: b"
                       or "plain" >>
                - run: << pipeline.git.branch == "main" and "plain" >>
            """).Steps("build").ShouldBe("[run: {command: plain}, run: {command: plain}, run: {command: plain}, run: {command: plain}]");

    [Fact]
    [Rule("CL-6.19", "CL-1.3")]
    public void Refuses_an_expression_that_breaks_the_yaml_around_it() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps:
                - run: << pipeline.git.branch == "a: b" >>
            """).ShouldFailOnly("RF1001", "Unable to parse YAML", 6, 40, "must be in quotes");

    private static Compiled Run(string command, params (string Name, object? Value)[] values) => Compiling.Config($$"""
        version: 2.1
        jobs:
          build:
            docker: [image: cimg/base:current]
            steps: [run: {command: {{command}}}]
        """, values: values);
}
