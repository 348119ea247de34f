namespace Ringfence.Config.Tests.Rules;

/// <summary>Section 22 of the specification, row by row: the texts that people search for, each with its place.</summary>
public sealed class ErrorCatalogueTests
{
    private const string Job = "jobs: {build: {docker: [{image: i}], steps: [checkout]}}";

    [Theory]
    [InlineData("a: b: c", "Unable to parse YAML: mapping values are not allowed here", 2, 5)]
    [InlineData("a: [b", "Unable to parse YAML: while parsing a flow sequence", 2, 6)]
    public void Yaml_syntax(string line, string message, int at, int column) => Compiling.Config($"version: 2.1\n{line}").ShouldFailOnly("RF1001", message, at, column);

    [Fact]
    public void Duplicate_key() => Compiling.Config($"version: 2.1\n{Job}\nx: {{k: 1, k: 2}}").ShouldFailOnly("RF1004", "found duplicate key k", 3, 11);

    [Fact]
    public void Unknown_command() => Sample.Steps("- chekout").ShouldFailOnly("RF4001", "Cannot find a definition for command named chekout", 6, 9, "'checkout'");

    [Fact]
    public void Unknown_job() => Sample.Workflow("- nope").ShouldFailOnly("RF4002", "Cannot find a definition for job named nope", 9, 9);

    [Fact]
    public void Unknown_orb_executor() =>
        Sample.Job("executor: o/e\nsteps: [checkout]").ShouldFailOnly("RF4004", "Cannot find orb 'o' looking for executor named 'o/e'", 4, 15);

    [Fact]
    public void Unknown_orb_version() => Compiling.Config($"version: 2.1\norbs:\n  node: circleci/node@99.0.0\n{Job}").ShouldFailOnly(
        "RF4011", "Cannot find circleci/node@99.0.0 in the orb registry. Check that the namespace, orb name and version are correct.", 3, 9);

    [Fact]
    public void Missing_argument() => Call("greet", "{parameters: {to: {type: string}, from: {type: string}}, steps: [checkout]}")
        .ShouldFailOnly("RF4005", "Missing required argument(s): to, from", 6, 9);

    [Fact]
    public void Extra_argument() => Call("greet: {whom: Bob}", "{parameters: {who: {type: string, default: x}}, steps: [checkout]}")
        .ShouldFailOnly("RF4006", "Unexpected argument(s): whom", 6, 17, "'who'");

    [Fact]
    public void Type_of_an_argument() => Call("greet: {count: \"2\"}", "{parameters: {count: {type: integer}}, steps: [checkout]}")
        .ShouldFailOnly("RF4007", "Type error for argument count: expected type: integer, actual value: \"2\" (type string)", 6, 24);

    [Fact]
    public void Bad_default() => Call("greet", "{parameters: {count: {type: integer, default: two}}, steps: [checkout]}")
        .ShouldFailOnly("RF4008", "Parameter error: default value of parameter 'count' is 'two' (type string): expected type integer", 8, 56);

    [Fact]
    public void Undeclared_reference() => Call("greet", "{steps: [run: echo << parameters.name >>]}")
        .ShouldFailOnly("RF2003", "Arguments referenced without declared parameters: parameters.name", 8, 29);

    [Fact]
    public void Unknown_variable() =>
        Sample.Steps("- run: echo << pipeline.git.brunch >>").ShouldFailOnly("RF2002", "Unknown variable(s): pipeline.git.brunch", 6, 19, "'pipeline.git.branch'");

    [Fact]
    public void Open_tag() => Sample.Steps("- run: cat <<EOF").ShouldFailOnly("RF2001", "Unclosed '<<' tag ('<<' must be escaped as '\\<<' in config v2.1+)", 6, 18);

    [Fact]
    public void No_job_called_build() => Compiling.Config("version: 2.1\njobs: {test: {docker: [{image: i}], steps: [checkout]}}").ShouldFailOnly(
        "RF3011", "Cannot find a job named `build` to run in the `jobs:` section of your configuration file.", 2, 1,
        "If you expected a workflow to run, check your config contains a top-level key called 'workflows:'");

    [Fact]
    public void Missing_requirement() =>
        Sample.Workflow("- a: {requires: [k]}").ShouldFailOnly("RF5001", "a: requires job \"k\" but \"k\" is not part of this workflow.", 9, 24);

    [Theory]
    [InlineData("- a: {requires: [b]}\n- b: {requires: [a]}", "At least one job in the workflow must have no dependencies.", 9)]
    [InlineData("- c\n- a: {requires: [b]}\n- b: {requires: [a]}", "The following jobs are unreachable: a, b", 10)]
    public void Cycle(string jobs, string message, int line) => Sample.Workflow(jobs).ShouldFailOnly("RF5002", message, line, 9);

    [Theory]
    [InlineData("docker: [{image: i}]", "RF3002", "[#/jobs/a] required key [steps] not found", 3, 3)]
    [InlineData("docker: [{image: i}]\nsteps: [checkout]\nstep: x", "RF3001", "[#/jobs/a] extraneous key [step] is not permitted", 6, 5)]
    [InlineData("docker: [{image: i}]\nsteps: checkout", "RF3003", "[#/jobs/a/steps] expected type: Sequence, found: String", 5, 12)]
    [InlineData("steps: [checkout]", "RF3002", "[#/jobs/a] 0 subschemas matched instead of one", 3, 3)]
    [InlineData("docker: [{image: i}]\nmachine: true\nsteps: [checkout]", "RF3010", "[#/jobs/a] only 1 subschema matches out of 2", 5, 5)]
    [InlineData("type: release\nplan_name: p\nvalidation: {enabled: true, webhooks: [{name: n, provider: x}]}", "RF3004", "Input not a valid enum value", 6, 64)]
    public void Schema(string body, string code, string message, int line, int column) => Sample.Job(body).ShouldFailOnly(code, message, line, column);

    [Fact]
    public void Retention() => Sample.Job("docker: [{image: i}]\nretention: {caches: 31d}\nsteps: [checkout]")
        .ShouldFailOnly("RF3004", "does not match pattern ^([1-9]|[12][0-9]|30)d$", 5, 25);

    [Fact]
    public void Size()
    {
        var compiled = Compiling.Config($"version: 2.1\n{Job}", limits: new Limits { CompiledCharacters = 5 });

        compiled.ShouldFailOnly("RF3012", "A compiled config YAML must be at most 8MB", 2, 46);
    }

    [Fact]
    public void Chain_of_calls()
    {
        var compiled = Compiling.Config("""
            version: 2.1
            commands:
              outer: {steps: [inner]}
              inner: {steps: [nope]}
            jobs:
              a: {docker: [{image: i}], steps: [outer]}
            workflows: {w: {jobs: [a]}}
            """);

        compiled.ShouldFailOnly("RF4001", "Cannot find a definition for command named nope", 4, 19);
        Assert.Equal(
            ["Error calling workflow: 'w'", "Error calling job: 'a'", "Error calling command: 'outer'", "Error calling command: 'inner'"],
            compiled.Errors[0].Calls.Select(c => c.ToString()));
    }

    /// <summary>A job a with one step, at 6:9, and the command <c>greet</c>, at 8:3.</summary>
    private static Compiled Call(string step, string command) => Compiling.Config($"""
        version: 2.1
        jobs:
          a:
            docker: [image: i]
            steps:
              - {step}
        commands:
          greet: {command}
        workflows:
          w:
            jobs: [a]
        """);
}
