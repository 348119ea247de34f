namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-1.9 to CL-1.16: versions, and what each takes.</summary>
public sealed class VersionsTests
{
    [Theory]
    [Rule("CL-1.9")]
    [InlineData("2.1")]
    [InlineData("'2.1'")]
    [InlineData("2")]
    [InlineData("2.0")]
    [InlineData("\"2\"")]
    [InlineData("\"2.0\"")]
    public void Takes_every_spelling_of_a_known_version(string version) =>
        Assert.Equal("build", Compiling.Config($"""
            version: {version}
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps: [checkout]
            """).JobNames);

    [Theory]
    [Rule("CL-1.9")]
    [InlineData("3", "Unsupported config version '3'")]
    [InlineData("2.2", "Unsupported config version '2.2'")]
    [InlineData("1", "CircleCI version 1 configs are no longer supported")]
    [InlineData("[2.1]", "Unsupported config version")]
    [InlineData("latest", "Unsupported config version 'latest'")]
    public void Refuses_other_versions(string version, string message) =>
        Compiling.Config($$"""
            jobs: {}
            version: {{version}}
            """).ShouldFailOnly("RF3005", message, 2, 10, "Write 'version: 2.1'");

    [Fact]
    [Rule("CL-1.9")]
    public void Refuses_a_config_without_a_version() =>
        Compiling.Config("""
            jobs:
              build: {docker: [image: a], steps: [checkout]}
            """).ShouldFailOnly("RF3005", "[#] required key [version] not found", 1, 1);

    [Theory]
    [Rule("CL-1.10")]
    [InlineData("commands: {hi: {steps: [checkout]}}", "commands")]
    [InlineData("executors: {e: {docker: [image: a]}}", "executors")]
    [InlineData("parameters: {p: {type: string, default: x}}", "parameters")]
    [InlineData("job-groups: {g: {jobs: [build]}}", "job-groups")]
    [InlineData("setup: true", "setup")]
    public void Mentions_that_a_key_of_a_newer_version_has_no_effect(string line, string key) =>
        Compiling.Config($$"""
            version: 2
            {{line}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldMention("RF3020", $"'{key}' needs version 2.1", 2, 1, "version: 2.1");

    [Fact]
    [Rule("CL-1.10")]
    public void Refuses_orbs_in_an_old_version() =>
        Compiling.Config("""
            version: 2.0
            orbs: {node: circleci/node@5.2.0}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldFailOnly("RF3006", "'orbs' needs version 2.1", 2, 1);

    [Fact]
    [Rule("CL-1.11")]
    public void Keeps_angle_brackets_and_unknown_keys_of_an_old_version()
    {
        var result = Compiling.Config("""
            version: 2
            jobs:
              build:
                docker: [image: cimg/base:current]
                colour: blue
                steps:
                - run: |
                    cat <<EOF
                    << parameters.x >>
                    EOF
            """);

        result.Steps("build").ShouldBe("""
            - run:
                command: |
                  cat <<EOF
                  << parameters.x >>
                  EOF
            """);
        Assert.DoesNotContain(result.Diagnostics, d => d.Message.Contains("colour", StringComparison.Ordinal));
    }

    [Fact]
    [Rule("CL-1.11", "CL-1.12")]
    public void Warns_where_2_1_would_read_a_template_in_an_old_version()
    {
        var result = Compiling.Config("""
            version: 2
            jobs:
              build:
                docker: [image: cimg/base:current]
                environment: {WHO: '<< pipeline.number >>'}
                steps:
                - run: |
                    true
                    cat <<EOF
                - run: echo \<<EOF
                - run: read <<< word
              unused:
                docker: [image: cimg/base:current]
                steps: [run: cat <<EOF]
            workflows:
              version: 2
              main: {jobs: [build]}
            """);

        result.ShouldMention("RF2010", "Version 2.1 reads this '<<'", 5, 25, "--next");
        result.ShouldMention("RF2010", "Version 2.1 reads this '<<'", 9, 13, "Escape it as '\\<<'");
        result.ShouldMention("RF2010", "Version 2.1 reads this '<<'", 11, 17);
        Assert.Equal(3, result.Warnings.Length);
    }

    [Fact]
    [Rule("CL-1.12")]
    public void Mentions_a_template_once_however_often_its_job_runs()
    {
        var result = Compiling.Config("""
            version: 2
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps: [run: cat <<EOF]
            workflows:
              version: 2
              one: {jobs: [build]}
              two: {jobs: [build]}
            """);

        Assert.Equal("RF2010", Assert.Single(result.Warnings).Code.Id);
    }

    [Fact]
    [Rule("CL-1.12")]
    public void Holds_an_old_version_to_the_rules_of_2_1_on_request()
    {
        const string Source = """
            version: 2
            jobs:
              build:
                docker: [image: cimg/base:current]
                colour: blue
                steps:
                - run: cat <<EOF
                - run: echo << pipeline.number >>
            """;

        Assert.True(Compiling.Config(Source).Result.IsValid);
        Compiling.Config(Source, next: true)
            .ShouldFail("RF2001", "Unclosed '<<' tag", 7, 16)
            .ShouldFail("RF3001", "[#/jobs/build] extraneous key [colour] is not permitted", 5, 5);
        Compiling.Config(Source.Replace("cat <<", "cat \\<<", StringComparison.Ordinal).Replace("    colour: blue\n", "", StringComparison.Ordinal), next: true)
            .Steps("build").ShouldBe("[run: {command: cat <<EOF}, run: {command: echo 1}]");
    }

    [Theory]
    [Rule("CL-1.13")]
    [InlineData("jobs: {build: {docker: [image: a], steps: [checkout], colour: blue}}", "[#/jobs/build] extraneous key [colour]", 55)]
    [InlineData("jobs: {build: {docker: [{image: a, tag: b}], steps: [checkout]}}", "[#/jobs/build/docker] extraneous key [tag]", 36)]
    [InlineData("executors: {e: {docker: [image: a], steps: []}}", "[#/executors/e] extraneous key [steps]", 37)]
    [InlineData("commands: {c: {steps: [checkout], docker: []}}", "[#/commands/c] extraneous key [docker]", 35)]
    [InlineData("parameters: {p: {type: string, default: x, values: []}}", "[#/parameters/p] extraneous key [values]", 44)]
    [InlineData("jobs: {build: {docker: [image: a], steps: [when: {condition: true, steps: [checkout], else: []}]}}", "[when] extraneous key [else]", 87)]
    public void Refuses_keys_that_a_known_structure_does_not_have(string line, string message, int column) =>
        Compiling.Config($"""
            version: 2.1
            {line}
            """).ShouldFail("RF3001", message + " is not permitted", 2, column);

    [Fact]
    [Rule("CL-1.13")]
    public void Hints_at_the_key_that_was_probably_meant() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                enviroment: {A: b}
                steps: [checkout]
            """).ShouldFailOnly("RF3001", "extraneous key [enviroment]", 5, 5, "Did you mean 'environment'?");

    [Fact]
    [Rule("CL-1.14")]
    public void Drops_unknown_keys_at_the_top_without_a_word() =>
        Assert.Equal("version jobs workflows", Compiling.Config("""
            version: 2.1
            references:
              image: &image cimg/base:current
            x-anything: [1, {two: 3}]
            defaults: &defaults
              docker: [image: *image]
            jobs:
              build:
                <<: *defaults
                steps: [checkout]
            """).ShouldBeClean().Document.Keys);

    [Fact]
    [Rule("CL-1.15")]
    public void Wants_a_version_of_the_workflows_in_an_old_version_only()
    {
        static string Source(string version, string inner) => $$"""
            version: {{version}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            workflows:
              {{inner}}
              main: {jobs: [build]}
            """;

        Compiling.Config(Source("2", "")).ShouldFailOnly("RF3002", "[#/workflows] required key [version] not found", 4, 1);
        Compiling.Config(Source("2", "version: 2")).ShouldBeClean();
        Compiling.Config(Source("2.1", "")).ShouldBeClean();
        Assert.Equal("main", Compiling.Config(Source("2.1", "version: 7")).ShouldBeClean().WorkflowNames);
    }

    [Theory]
    [Rule("CL-1.16")]
    [InlineData("run: {name: Test}", "RF3002", "[run] required key [command] not found", 16)]
    [InlineData("run: [a]", "RF3003", "[run] expected type: Mapping, found: Sequence", 15)]
    [InlineData("run:", "RF3002", "[run] required key [command] not found", 10)]
    [InlineData("when: {condition: true}", "RF3002", "[when] required key [steps] not found", 17)]
    [InlineData("unless: {steps: [checkout]}", "RF3002", "[unless] required key [condition] not found", 19)]
    public void Refuses_steps_that_were_let_pass_until_2020(string step, string code, string message, int column) =>
        Compiling.Config($"""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                steps:
                -    {step}
            """).ShouldFail(code, message, 6, column);

    [Fact]
    [Rule("CL-1.16")]
    public void Takes_a_default_that_is_written_as_null_for_none() =>
        Compiling.Config("""
            version: 2.1
            commands:
              greet:
                parameters: {who: {type: string, default: null}}
                steps: [run: 'echo << parameters.who >>']
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout, greet]}
            """).ShouldFailOnly("RF4005", "Missing required argument(s): who", 7, 65);
}
