namespace Ringfence.Config.Tests.Rules;

/// <summary>CL-1.3 to CL-1.8 as seen through the compiler, and CL-3.</summary>
public sealed class TopLevelTests
{
    [Fact]
    [Rule("CL-3.1")]
    public void Runs_the_job_build_when_there_are_no_workflows() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldBeClean().Document["workflows"].ShouldBe("{version: 2, workflow: {jobs: [build]}}");

    [Fact]
    [Rule("CL-3.1")]
    public void Refuses_a_config_that_has_neither_workflows_nor_a_job_build() =>
        Compiling.Config("""
            version: 2.1
            jobs:
              test: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldFailOnly(
            "RF3011", "Cannot find a job named `build` to run in the `jobs:` section of your configuration file.", 2, 1,
            "If you expected a workflow to run, check your config contains a top-level key called 'workflows:'");

    [Theory]
    [Rule("CL-3.2")]
    [InlineData("")]
    [InlineData(" {}")]
    [InlineData(" null")]
    public void Takes_empty_sections(string value) =>
        Compiling.Config($$"""
            version: 2.1
            orbs:{{value}}
            commands:{{value}}
            executors:{{value}}
            parameters:{{value}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldBeClean();

    [Theory]
    [Rule("CL-3.2")]
    [InlineData("orbs")]
    [InlineData("commands")]
    [InlineData("executors")]
    [InlineData("parameters")]
    [InlineData("jobs")]
    [InlineData("workflows")]
    public void Refuses_sections_that_are_lists(string section) =>
        Compiling.Config($"version: 2.1\n{section}: [a]\n").ShouldFail("RF3003", $"[#/{section}] expected type: Mapping, found: Sequence", 2, section.Length + 3);

    [Fact]
    [Rule("CL-3.3")]
    public void Takes_the_branches_of_notifications_and_lets_them_change_nothing() =>
        Compiling.Config("""
            version: 2.1
            experimental:
              notify:
                branches: {only: [release]}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """, branch: "main").ShouldBeClean().Document["workflows"].ShouldBe("{version: 2, workflow: {jobs: [build]}}");

    [Theory]
    [Rule("CL-3.3")]
    [InlineData("{notify: {branches: {only: [a], except: [b]}}}", "RF3001", "[#/experimental/notify/branches] extraneous key [except]", 47)]
    [InlineData("{notify: {branches: {only: [a]}, channels: []}}", "RF3001", "[#/experimental/notify] extraneous key [channels]", 48)]
    [InlineData("{notify: {}}", "RF3002", "[#/experimental/notify] required key [branches] not found", 24)]
    [InlineData("{nothing: 1}", "RF3001", "[#/experimental] extraneous key [nothing]", 16)]
    public void Refuses_other_experiments(string value, string code, string message, int column) =>
        Compiling.Config($$"""
            version: 2.1
            experimental: {{value}}
            jobs:
              build: {docker: [image: cimg/base:current], steps: [checkout]}
            """).ShouldFailOnly(code, message, 2, column);

    [Theory]
    [Rule("CL-1.3")]
    [InlineData("- version: 2.1", "Sequence")]
    [InlineData("version 2.1", "String")]
    public void Refuses_a_config_that_is_no_map(string text, string type) =>
        Compiling.Config(text).ShouldFailOnly("RF3003", $"[#] expected type: Mapping, found: {type}", 1, 1);

    [Fact]
    [Rule("CL-1.3", "CL-1.4")]
    public void Refuses_what_is_no_yaml_with_its_place()
    {
        Compiling.Config("version: 2.1\njobs:\n  build: a: b\n").ShouldFailOnly("RF1001", "Unable to parse YAML", 3, 11);
        Compiling.Config("version: 2.1\njobs:\n  build: {steps: [], steps: []}\n").ShouldFail("RF1004", "found duplicate key steps", 3, 22);
    }

    [Fact]
    [Rule("CL-1.5", "CL-1.6", "CL-1.7", "CL-1.8")]
    public void Reads_scalars_and_merges_by_yaml_1_1()
    {
        var job = Compiling.Config("""
            version: 2.1
            x-unused: &unused 1
            x-first: &first {resource_class: small, working_directory: /first}
            x-second: &second {resource_class: large, shell: /bin/sh}
            jobs:
              build:
                <<: [*first, *second]
                working_directory: /own
                docker: [image: cimg/base:current]
                environment: {A: yes, B: 2.10, C: 010, D: "2.10"}
                steps: [checkout]
            """).ShouldBeClean().Job("build");

        Assert.Equal("small /own /bin/sh", $"{job["resource_class"].Text} {job["working_directory"].Text} {job["shell"].Text}");
        job["environment"].ShouldBe("[A: true, B: 2.1, C: 8, D: '2.10']");
    }

    [Fact]
    [Rule("CL-1.5", "CL-11.8")]
    public void Keeps_keys_as_they_are_written_in_every_style() =>
        Assert.Equal("YES=a on=b 1.10=c No=d", string.Join(' ', Assert.Single(Compiling.Config("""
            version: 2.1
            jobs:
              build:
                docker: [image: cimg/base:current]
                environment: [YES: a, {on: b}, 1.10: c, No=d]
                steps: [checkout]
            """).ShouldBeClean().Pipeline.Jobs).Environment.Select(v => $"{v.Name}={v.Text}")));
}
