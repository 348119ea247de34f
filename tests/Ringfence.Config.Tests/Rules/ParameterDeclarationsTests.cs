namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-5.1 to CL-5.12: how parameters are declared.</summary>
public sealed class ParameterDeclarationsTests
{
    [Fact]
    [Rule("CL-5.1")]
    public void Takes_a_type_a_default_a_description_and_the_members_of_an_enum() =>
        Compiling.Config(Command("{type: enum, enum: [a, b], default: a, description: one of two}")).ShouldBeClean();

    [Theory]
    [Rule("CL-5.1")]
    [InlineData("{default: a}", "RF4009", "[#/parameters/p] required key [type] not found", 4, 18)]
    [InlineData("{type: text}", "RF4009", "Parameter 'p': unknown type 'text'", 4, 28)]
    [InlineData("{type: string, default: a, required: true}", "RF3001", "[#/parameters/p] extraneous key [required] is not permitted", 4, 48)]
    [InlineData("{type: string, default: a, enum: [a]}", "RF4009", "'enum' goes with 'type: enum' only", 4, 48)]
    [InlineData("string", "RF4009", "Parameter 'p': expected type: Mapping, found: String", 4, 18)]
    public void Refuses_other_declarations(string declaration, string code, string message, int line, int column) =>
        Compiling.Config(Command(declaration)).ShouldFail(code, message, line, column);

    [Fact]
    [Rule("CL-5.2")]
    public void Wants_a_default_of_every_pipeline_parameter_but_not_of_others()
    {
        Compiling.Config("""
            version: 2.1
            parameters:
              p: {type: string}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldFailOnly("RF4009", "[#/parameters/p] required key [default] not found", 3, 3, "always has a default");
        Assert.Empty(Compiling.Config(Command("{type: string}").Replace("steps: [c]", "steps: [c: {p: x}]", StringComparison.Ordinal)).Errors);
    }

    [Theory]
    [Rule("CL-5.4")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public void Takes_empty_parameters(string parameters) =>
        Compiling.Config($$$"""
            version: 2.1
            commands: {c: {parameters: {{{parameters}}}, steps: [checkout]}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [c]}
            """).ShouldBeClean();

    [Theory]
    [Rule("CL-5.5")]
    [InlineData("name")]
    [InlineData("requires")]
    [InlineData("context")]
    [InlineData("type")]
    [InlineData("filters")]
    [InlineData("matrix")]
    public void Refuses_parameters_of_jobs_that_an_invocation_keeps_for_itself(string name) =>
        Compiling.Config(Job(name)).ShouldFailOnly("RF4009", $"A job cannot declare a parameter named '{name}'", 4, 19, "reserved");

    [Theory]
    [Rule("CL-5.5")]
    [InlineData("pre-steps")]
    [InlineData("post-steps")]
    [InlineData("serial-group")]
    [InlineData("override-with")]
    public void Warns_of_parameters_of_jobs_that_an_invocation_would_not_reach(string name) =>
        Compiling.Config(Job(name)).ShouldMention("RF3014", $"No call can give a value to the parameter '{name}'", 4, 19, "Rename it");

    [Fact]
    [Rule("CL-5.5")]
    public void Warns_of_a_parameter_of_an_executor_that_is_called_name() =>
        Compiling.Config("""
            version: 2.1
            executors: {e: {parameters: {name: {type: string, default: x}}, docker: [image: << parameters.name >>]}}
            jobs: {build: {executor: {name: e}, steps: [checkout]}}
            """).ShouldMention("RF3014", "No call can give a value to the parameter 'name'", 2, 30);

    [Fact]
    [Rule("CL-5.5")]
    public void Leaves_the_reserved_names_to_commands() =>
        Assert.Empty(Compiling.Config(Command("{type: string, default: a}").Replace("p:", "name:", StringComparison.Ordinal)).Errors);

    [Fact]
    [Rule("CL-5.6", "CL-5.26")]
    public void Puts_pipeline_values_and_parameters_into_the_default_of_an_element() =>
        Compiling.Config("""
            version: 2.1
            parameters: {who: {type: string, default: world}}
            commands:
              c:
                parameters:
                  text: {type: string, default: "<< pipeline.parameters.who >> on << pipeline.git.branch >>"}
                  count: {type: integer, default: << pipeline.number >>}
                steps: [run: "echo << parameters.text >> << parameters.count >>"]
            jobs:
              build: {docker: [image: cimg/base:current], steps: [c]}
            """).ShouldBeClean().Steps("build").ShouldBe("[run: {command: echo world on main 1}]");

    [Fact]
    [Rule("CL-5.6", "CL-6.2")]
    public void Refuses_a_pipeline_parameter_whose_default_names_another() =>
        Compiling.Config("""
            version: 2.1
            parameters:
              a: {type: string, default: x}
              b: {type: string, default: << pipeline.parameters.a >>}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldFail("RF2002", "Unknown variable(s): pipeline.parameters.a", 4, 30);

    [Theory]
    [Rule("CL-5.8")]
    [InlineData("string", "true", "'true' (type boolean): expected type string")]
    [InlineData("string", "12", "'12' (type integer): expected type string")]
    [InlineData("boolean", "\"yes\"", "'yes' (type string): expected type boolean")]
    [InlineData("integer", "1.5", "'1.5' (type float): expected type integer")]
    [InlineData("steps", "checkout", "'checkout' (type string): expected type steps")]
    [InlineData("env_var_name", "A-B", "'A-B' (type string): expected type env_var_name")]
    public void Refuses_a_default_of_another_type(string type, string value, string message) =>
        Compiling.Config(Command($$"""{default: {{value}}, type: {{type}}}""")).ShouldFailOnly("RF4008", $"Parameter error: default value of parameter 'p' is {message}", 4, 31);

    [Theory]
    [Rule("CL-5.9")]
    [InlineData("commands: {idle: {parameters: {p: {default: c, type: enum, enum: [a, b]}}, steps: [checkout]}}", 45)]
    [InlineData("executors: {idle: {parameters: {p: {default: c, type: enum, enum: [a, b]}}, docker: [image: a]}}", 46)]
    [InlineData("parameters: {p: {default: c, type: enum, enum: [a, b]}}", 27)]
    public void Refuses_an_enum_default_outside_of_the_list_even_if_never_used(string line, int column) =>
        Compiling.Config($$"""
            version: 2.1
            {{line}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldFailOnly("RF4008", "Default value c is not in enum 'a, b'", 2, column);

    [Fact]
    [Rule("CL-5.9")]
    public void Refuses_such_a_default_in_a_job_that_no_workflow_runs() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
              idle: {parameters: {p: {default: c, type: enum, enum: [a, b]}}, docker: [image: a], steps: [checkout]}
            """).ShouldFailOnly("RF4008", "Default value c is not in enum 'a, b'", 4, 36);

    [Theory]
    [Rule("CL-5.10")]
    [InlineData("enum: []")]
    [InlineData("description: none")]
    [InlineData("enum: a")]
    public void Wants_at_least_one_member_of_an_enum(string members) =>
        Compiling.Config(Command($$"""{type: enum, {{members}}}""")).ShouldFail("RF4009", "an enum needs a list of at least one value", 4, 18);

    [Theory]
    [Rule("CL-5.10")]
    [InlineData("'1'", false)]
    [InlineData("1", true)]
    [InlineData("A", false)]
    [InlineData("a", true)]
    [InlineData("yes", true)]
    public void Compares_members_exactly(string value, bool isMember) =>
        Assert.Equal(isMember, Compiling.Config(Command($$"""{type: enum, enum: [1, a, true], default: {{value}}}""")).Result.IsValid);

    [Theory]
    [Rule("CL-5.12")]
    [InlineData("type: string, default: a", "a")]
    [InlineData("type: enum, enum: [a, b], default: b", "b")]
    [InlineData("type: boolean, default: true", "true")]
    [InlineData("type: integer, default: 7", "7")]
    public void Takes_simple_types_for_parameters_of_executors(string declaration, string text) =>
        Compiling.Config($$$"""
            version: 2.1
            executors: {e: {parameters: {p: {{{{declaration}}}}}, docker: [image: "i:<< parameters.p >>"]}}
            jobs: {build: {executor: e, steps: [checkout]}}
            """).Job("build")["docker"].ShouldBe($"[image: 'i:{text}']");

    [Theory]
    [Rule("CL-5.12")]
    [InlineData("steps")]
    [InlineData("executor")]
    public void Refuses_types_that_mean_nothing_to_an_executor(string type) =>
        Compiling.Config($$$"""
            version: 2.1
            executors: {e: {parameters: {p: {type: {{{type}}}}}, docker: [image: a]}}
            jobs: {build: {executor: e, steps: [checkout]}}
            """).ShouldFail("RF4009", $"Parameter 'p': unknown type '{type}'", 2, 40, "The types here are string");

    private static string Command(string declaration) => $$"""
        version: 2.1
        commands:
          c:
            parameters: {p: {{declaration}}}
            steps: [run: 'echo']
        jobs:
          build: {docker: [image: cimg/base:current], steps: [c]}
        """;

    private static string Job(string name) => $$$"""
        version: 2.1
        jobs:
          build:
            parameters: { {{{name}}}: {type: string, default: x}}
            docker: [image: cimg/base:current]
            steps: [checkout]
        """;
}
