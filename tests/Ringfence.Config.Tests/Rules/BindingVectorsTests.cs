namespace Ringfence.Config.Tests.Rules;

/// <summary>The table of CL-5.2: declared type, written value, outcome.</summary>
public sealed class BindingVectorsTests
{
    [Theory]
    [Rule("CL-5.2", "CL-5.11")]
    [InlineData("string", "abc", "\"abc\"")]
    [InlineData("string", "\"true\"", "\"true\"")]
    [InlineData("string", "\"\"", "\"\"")]
    [InlineData("string", "\"12\"", "\"12\"")]
    [InlineData("boolean", "yes", "true")]
    [InlineData("boolean", "Off", "false")]
    [InlineData("boolean", "TRUE", "true")]
    [InlineData("integer", "3", "3")]
    [InlineData("integer", "-3", "-3")]
    [InlineData("integer", "010", "8")]
    [InlineData("enum, enum: [a, b]", "a", "\"a\"")]
    [InlineData("env_var_name", "FOO_1", "\"FOO_1\"")]
    [InlineData("env_var_name", "_X", "\"_X\"")]
    public void Takes_a_value_of_the_declared_type(string type, string value, string json) =>
        Assert.Equal(json, Compiling.Config(Source(type, value)).Steps("build")[0]["run"]["command"].Json);

    [Theory]
    [Rule("CL-5.7", "CL-5.11")]
    [InlineData("string", "true", "string, actual value: \"true\" (type boolean)")]
    [InlineData("string", "on", "string, actual value: \"true\" (type boolean)")]
    [InlineData("string", "12", "string, actual value: \"12\" (type integer)")]
    [InlineData("string", "1.5", "string, actual value: \"1.5\" (type float)")]
    [InlineData("string", "[a]", "string, actual value: \"a sequence\" (type sequence)")]
    [InlineData("boolean", "\"yes\"", "boolean, actual value: \"yes\" (type string)")]
    [InlineData("boolean", "1", "boolean, actual value: \"1\" (type integer)")]
    [InlineData("integer", "\"3\"", "integer, actual value: \"3\" (type string)")]
    [InlineData("integer", "3.0", "integer, actual value: \"3.0\" (type float)")]
    [InlineData("enum, enum: [a, b]", "c", "enum, actual value: \"c\" (type string)")]
    [InlineData("env_var_name", "1FOO", "env_var_name, actual value: \"1FOO\" (type string)")]
    [InlineData("env_var_name", "A-B", "env_var_name, actual value: \"A-B\" (type string)")]
    [InlineData("env_var_name", "\"A B\"", "env_var_name, actual value: \"A B\" (type string)")]
    public void Refuses_a_value_of_another_type(string type, string value, string message) =>
        Compiling.Config(Source(type, value)).ShouldFailOnly("RF4007", $"Type error for argument p: expected type: {message}", 10, 16);

    [Theory]
    [Rule("CL-5.2")]
    [InlineData("string", "12", "Quote the value")]
    [InlineData("boolean", "\"true\"", "Remove the quotes to make it a boolean")]
    [InlineData("integer", "\"3\"", "Remove the quotes to make it a number")]
    [InlineData("enum, enum: [a, b]", "c", "It takes one of: a, b")]
    public void Hints_at_what_would_be_taken(string type, string value, string hint) =>
        Compiling.Config(Source(type, value)).ShouldFailOnly("RF4007", "Type error", 10, 16, hint);

    [Theory]
    [Rule("CL-5.2", "CL-5.13")]
    [InlineData("[]", "[checkout]")]
    [InlineData("[run: one, checkout]", "[run: {command: one}, checkout, checkout]")]
    public void Takes_lists_for_steps(string value, string steps) =>
        Compiling.Config(StepsSource(value)).Steps("build").ShouldBe(steps);

    [Theory]
    [Rule("CL-5.2", "CL-5.13")]
    [InlineData("checkout", "string", "checkout")]
    [InlineData("{run: make}", "mapping", "a mapping")]
    [InlineData("1", "integer", "1")]
    public void Refuses_anything_but_a_list_for_steps(string value, string type, string shown) =>
        Compiling.Config(StepsSource(value)).ShouldFailOnly(
            "RF4007", $"Type error for argument p: expected type: steps, actual value: \"{shown}\" (type {type})", 10, 16, "Steps are always a list");

    [Theory]
    [Rule("CL-5.2", "CL-5.14")]
    [InlineData("e1", "plain")]
    [InlineData("{name: e1, v: x}", "x")]
    public void Takes_names_and_maps_for_executors(string value, string image) =>
        Compiling.Config(ExecutorSource(value)).Job("build")["docker"].ShouldBe($"[image: {image}]");

    [Fact]
    [Rule("CL-5.2", "CL-5.15")]
    public void Refuses_an_executor_that_is_not_declared() =>
        Compiling.Config(ExecutorSource("nope")).ShouldFailOnly("RF4003", "Cannot find a definition for executor named nope", 13, 23, "executors");

    [Theory]
    [Rule("CL-5.2", "CL-5.14")]
    [InlineData("3", "type integer")]
    [InlineData("[e1]", "type sequence")]
    [InlineData("{v: x}", "type mapping")]
    public void Refuses_anything_but_names_and_maps_for_executors(string value, string type) =>
        Compiling.Config(ExecutorSource(value)).ShouldFailOnly("RF4007", type, 13, 23);

    [Theory]
    [Rule("CL-5.2", "CL-5.3")]
    [InlineData("string")]
    [InlineData("boolean")]
    [InlineData("integer")]
    [InlineData("enum, enum: [a]")]
    [InlineData("env_var_name")]
    [InlineData("steps")]
    [InlineData("executor")]
    [InlineData("string, default: null")]
    [InlineData("steps, default: ")]
    public void Refuses_to_go_without_a_value_that_has_no_default(string type) =>
        Compiling.Config($$$"""
            version: 2.1
            commands:
              c:
                parameters: {p: {type: {{{type}}}}}
                steps: [checkout]
            jobs:
              build: {docker: [image: cimg/base:current], steps: [c]}
            """).ShouldFailOnly("RF4005", "Missing required argument(s): p", 7, 55);

    private static string Source(string type, string value) => $$$"""
        version: 2.1
        commands:
          c:
            parameters: {p: {type: {{{type}}}}}
            steps: [run: {command: << parameters.p >>}]
        jobs:
          build:
            docker: [image: cimg/base:current]
            steps:
            - c: {  p: {{{value}}}}
        """;

    private static string StepsSource(string value) => $$$"""
        version: 2.1
        commands:
          c:
            parameters: {p: {type: steps}}
            steps: [steps: << parameters.p >>, checkout]
        jobs:
          build:
            docker: [image: cimg/base:current]
            steps:
            - c: {  p: {{{value}}}}
        """;

    private static string ExecutorSource(string value) => $$$"""
        version: 2.1
        executors:
          e1:
            parameters: {v: {type: string, default: plain}}
            docker: [image: << parameters.v >>]
        jobs:
          build:
            parameters: {e: {type: executor}}
            executor: << parameters.e >>
            steps: [checkout]
        workflows:
          main:
            jobs: [build: {e: {{{value}}}}]
        """;
}
