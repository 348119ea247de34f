namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-6.2 and CL-6.13: where names mean something, and the sections of older orbs.</summary>
public sealed class TemplateScopesTests
{
    [Fact]
    [Rule("CL-6.2")]
    public void Knows_pipeline_values_everywhere_and_parameters_of_the_pipeline_in_the_project()
    {
        var result = Compiling.Config("""
            version: 2.1
            parameters: {p: {type: string, default: x}}
            orbs:
              mine:
                executors: {e: {docker: [image: "<< pipeline.git.branch >>"]}}
                commands: {c: {steps: [run: "c << pipeline.number >>"]}}
                jobs: {j: {executor: e, steps: [c]}}
            executors: {e: {docker: [image: "e:<< pipeline.parameters.p >>"], resource_class: << pipeline.project.type >>}}
            commands: {c: {steps: [run: "c << pipeline.parameters.p >>"]}}
            jobs:
              build: {executor: e, steps: [c, run: "j << pipeline.parameters.p >>"]}
            job-groups:
              g: {jobs: [build: {name: "in << pipeline.parameters.p >>"}]}
            workflows:
              main: {jobs: [g, mine/j, build: {name: "out << pipeline.parameters.p >>", context: "ctx-<< pipeline.parameters.p >>"}]}
            """).ShouldBeClean();

        result.Job("out x").ShouldBe("{docker: [image: 'e:x'], resource_class: github, steps: [run: {command: c x}, run: {command: j x}]}");
        result.Job("mine/j").ShouldBe("{docker: [image: main], steps: [run: {command: c 1}]}");
        Assert.Contains(result.Pipeline.Jobs, j => j.Name.EndsWith("in x", StringComparison.Ordinal));
        Assert.Equal(["ctx-x"], result.Invocation("main", "out x").Contexts);
    }

    [Theory]
    [Rule("CL-6.2", "CL-6.12")]
    [InlineData("commands: {c: {steps: [run: << pipeline.parameters.p >>]}}", 33)]
    [InlineData("commands: {c: {parameters: {x: {type: string, default: << pipeline.parameters.p >>}}, steps: [run: << parameters.x >>]}}", 60)]
    public void Hides_the_parameters_of_the_pipeline_from_inline_orbs(string body, int column) =>
        Compiling.Config($$$"""
            version: 2.1
            parameters: {p: {type: string, default: x}}
            orbs:
              mine:
                {{{body}}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [mine/c]}
            """).ShouldFailOnly("RF2002", "Unknown variable(s): pipeline.parameters.p", 5, column, "An orb cannot read pipeline parameters");

    [Theory]
    [Rule("CL-6.2", "CL-25.2")]
    [InlineData("main: {jobs: [build: {name: << parameters.x >>}]}", 31)]
    [InlineData("main: {jobs: [build: {context: << parameters.x >>}]}", 34)]
    [InlineData("main: {when: << parameters.x >>, jobs: [build]}", 16)]
    public void Refuses_parameters_of_an_element_in_a_workflow(string workflow, int column) =>
        Compiling.Config($$$"""
            version: 2.1
            jobs: {build: {docker: [image: cimg/base:current], steps: [checkout]}}
            workflows:
              {{{workflow}}}
            """).ShouldFailOnly("RF2003", "Arguments referenced without declared parameters: parameters.x", 4, column, "pipeline parameters are 'pipeline.parameters.*'");

    [Fact]
    [Rule("CL-6.2")]
    public void Refuses_parameters_of_an_element_in_orb_references_and_in_pipeline_parameters() =>
        Compiling.Config("""
            version: 2.1
            orbs: {a: acme/tool@<< parameters.x >>}
            parameters: {p: {type: string, default: << parameters.x >>}}
            jobs: {build: {docker: [image: cimg/base:current], steps: [checkout]}}
            """).ShouldFail("RF2003", "parameters.x", 2, 21).ShouldFail("RF2003", "parameters.x", 3, 41);

    [Fact]
    [Rule("CL-6.2")]
    public void Knows_matrix_values_beside_their_matrix_only()
    {
        const string Source = """
            version: 2.1
            jobs:
              test: {parameters: {n: {type: integer}}, docker: [image: cimg/base:current], steps: [run: echo << parameters.n >>]}
              hold: {docker: [image: cimg/base:current], steps: [checkout]}
            workflows:
              main:
                jobs:
                - hold: {name: hold-1}
                - hold: {name: hold-2}
                - test: {matrix: {parameters: {n: [1, 2]}}, name: "t << matrix.n >>", requires: ["hold-<< matrix.n >>"], context: c<< matrix.n >>}
            """;
        var result = Compiling.Config(Source).ShouldBeClean();

        Assert.Equal(["c2"], result.Invocation("main", "t 2").Contexts);
        Assert.Equal("hold-2", Assert.Single(result.Invocation("main", "t 2").Requires).Job);
        Compiling.Config(Source.Replace("echo << parameters.n >>", "echo << matrix.n >>", StringComparison.Ordinal)).ShouldFail("RF2002", "Unknown variable(s): matrix.n", 3, 98);
        Compiling.Config(Source.Replace("{name: hold-1}", "{name: 'hold-<< matrix.n >>'}", StringComparison.Ordinal)).ShouldFail("RF2002", "Unknown variable(s): matrix.n", 8, 26);
    }

    [Theory]
    [Rule("CL-6.13")]
    [InlineData("flag: true", "a yes b")]
    [InlineData("flag: false", "a no b")]
    public void Keeps_a_section_when_its_name_is_true_and_an_inverted_one_when_it_is_not(string argument, string expected) =>
        Assert.Equal(expected, Section(argument, "a <<# parameters.flag >>yes<</ parameters.flag >><<^parameters.flag>>no<</parameters.flag>> b"));

    [Theory]
    [Rule("CL-6.13")]
    [InlineData("text: ''", "-")]
    [InlineData("text: x", "x-")]
    [InlineData("text: 'false'", "false-")]
    public void Takes_an_empty_text_for_false_in_a_section(string argument, string expected) =>
        Assert.Equal(expected, Section(argument, "<<# parameters.text >><< parameters.text >><</ parameters.text >>-"));

    [Fact]
    [Rule("CL-6.13")]
    public void Takes_the_line_away_that_holds_nothing_but_a_section_tag() =>
        Assert.Equal("one\ntwo\nthree\n", Section("flag: true", "|\n          one\n            <<# parameters.flag >>\n          two\n          <</ parameters.flag >>\n          three"));

    [Theory]
    [Rule("CL-6.13")]
    [InlineData("a <<# parameters.flag >> b", "The section 'parameters.flag' is never closed", 20)]
    [InlineData("a <</ parameters.flag >> b", "'<</ parameters.flag >>' closes a section that is not open", 20)]
    [InlineData("<<# parameters.flag >><</ parameters.text >><</ parameters.flag >>", "'<</ parameters.text >>' closes a section that is not open", 40)]
    public void Refuses_sections_that_do_not_match(string command, string message, int column) =>
        Compiling.Config(SectionSource("flag: true", command)).ShouldFailOnly("RF2006", message, 7, column);

    private static string Section(string argument, string command) =>
        Compiling.Config(SectionSource(argument, command)).Steps("build")[0]["run"]["command"].Text;

    private static string SectionSource(string argument, string command) => $$$"""
        version: 2.1
        commands:
          c:
            parameters: {flag: {type: boolean, default: true}, text: {type: string, default: ''}}
            steps:
            - run:
                command: {{{command}}}
        jobs:
          build: {docker: [image: cimg/base:current], steps: [c: { {{{argument}}} }]}
        """;
}
