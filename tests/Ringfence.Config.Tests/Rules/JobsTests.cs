using Ringfence.Config.Compilation;
using Ringfence.Config.Filters;
using Ringfence.Config.Values;

namespace Ringfence.Config.Tests.Rules;

public sealed class JobsTests
{
    [Rule("CL-11.1")]
    [Theory]
    [InlineData("{docker: [{image: i}], steps: [checkout]}", JobType.Build)]
    [InlineData("{type: build, docker: [{image: i}], steps: [checkout]}", JobType.Build)]
    [InlineData("{type: no-op}", JobType.NoOp)]
    [InlineData("{type: approval}", JobType.Approval)]
    [InlineData("{type: release, plan_name: p}", JobType.Release)]
    [InlineData("{type: lock, key: k}", JobType.Lock)]
    [InlineData("{type: unlock, key: k}", JobType.Unlock)]
    internal void Knows_the_types_of_jobs(string body, JobType type)
    {
        var compiled = Compiling.Config($"version: 2.1\njobs: {{a: {body}}}\nworkflows: {{w: {{jobs: [a]}}}}").ShouldBeClean();

        Assert.Equal(type, compiled.Invocation("w", "a").Type);
        Assert.Equal(type, Assert.Single(compiled.Pipeline.Jobs).Type);
        compiled.Job("a").ShouldBe(body);
    }

    [Rule("CL-11.1")]
    [Fact]
    public void Refuses_an_unknown_type_of_job() => Sample.Job("type: realese\nplan_name: p").ShouldFailOnly(
        "RF3004", "Invalid job type 'realese'. Allowed types: build, release, no-op, approval, lock, unlock", 4, 11, "'release'");

    [Rule("CL-11.1")]
    [Theory]
    [InlineData("release", "plan_name")]
    [InlineData("lock", "key")]
    [InlineData("unlock", "key")]
    public void Asks_for_the_keys_that_a_type_needs(string type, string key) =>
        Sample.Job($"type: {type}").ShouldFailOnly("RF3002", $"[#/jobs/a] required key [{key}] not found", 4, 5);

    [Rule("CL-11.2")]
    [Theory]
    [InlineData("no-op")]
    [InlineData("approval")]
    public void Ignores_steps_of_jobs_that_run_none(string type)
    {
        var compiled = Sample.Job($"type: {type}\nsteps: [no-such-command]\nanything: else")
            .ShouldMention("RF3014", "Steps only exist in `build` jobs. Steps here will be ignored.", 5, 5);

        Assert.False(compiled.Job("a")["steps"].Exists);
        Assert.True(compiled.Job("a")["anything"].Exists);
    }

    [Rule("CL-11.3")]
    [Fact]
    public void Asks_a_build_job_for_an_executor() =>
        Sample.Job("steps: [checkout]").ShouldFailOnly("RF3002", "[#/jobs/a] 0 subschemas matched instead of one", 3, 3);

    [Rule("CL-11.3")]
    [Fact]
    public void Asks_a_build_job_for_steps() =>
        Sample.Job("docker: [{image: i}]").ShouldFailOnly("RF3002", "[#/jobs/a] required key [steps] not found", 3, 3);

    [Rule("CL-11.3")]
    [Fact]
    public void Asks_a_build_job_for_at_least_one_step() =>
        Sample.Job("docker: [{image: i}]\nsteps: []").ShouldFailOnly("RF3004", "'steps' needs at least one step", 5, 12);

    [Rule("CL-11.4")]
    [Fact]
    public void Takes_every_key_of_a_build_job()
    {
        var compiled = Sample.Job("""
            type: build
            description: What it is for
            parameters: {p: {type: string, default: x}}
            docker: [{image: i}]
            working_directory: ~/project
            shell: /bin/bash -e
            environment: {A: b}
            parallelism: 2
            resource_class: large
            retention: {caches: 3d}
            circleci_ip_ranges: true
            steps: [checkout]
            """).ShouldBeClean();

        Assert.Equal("type docker working_directory shell parallelism resource_class retention circleci_ip_ranges environment steps", compiled.Job("a").Keys);
    }

    [Rule("CL-11.4")]
    [Fact]
    public void Takes_a_shell_as_a_list()
    {
        var compiled = Sample.Job("docker: [{image: i}]\nshell: [/bin/bash, -e]\nsteps: [run: {command: c, shell: [/bin/sh, -x]}]").ShouldBeClean();

        compiled.Job("a").ShouldBe("{docker: [{image: i}], shell: [/bin/bash, -e], steps: [{run: {command: c, shell: [/bin/sh, -x]}}]}");
    }

    [Rule("CL-11.4")]
    [Fact]
    public void Mentions_that_branches_of_a_job_have_no_effect()
    {
        var compiled = Sample.Job("docker: [{image: i}]\nbranches: {only: other}\nsteps: [checkout]")
            .ShouldMention("RF3015", "'branches' of a job is deprecated and has no effect where workflows are used", 5, 5, "Use 'filters' in the workflow.");
        var decisions = JobSelection.Decide(compiled.Pipeline.Workflows[0], PipelineValues.Local(new GitFacts { Branch = "main" }), compiled.Pipeline.Parameters);

        Assert.True(Assert.Single(decisions).Runs);
    }

    [Rule("CL-11.4")]
    [Fact]
    public void Refuses_other_keys_of_a_build_job() =>
        Sample.Job("docker: [{image: i}]\nenvironmnt: {A: b}\nsteps: [checkout]")
            .ShouldFailOnly("RF3001", "[#/jobs/a] extraneous key [environmnt] is not permitted", 5, 5, "'environment'");

    [Rule("CL-11.5")]
    [Fact]
    public void Refuses_automatic_reruns_of_a_job() =>
        Sample.Job("docker: [{image: i}]\nmax_auto_reruns: 2\nsteps: [checkout]")
            .ShouldFailOnly("RF3001", "extraneous key [max_auto_reruns] is not permitted", 5, 5, "a workflow or to a 'run' step");

    [Rule("CL-11.6")]
    [Fact]
    public void Takes_the_validation_of_a_release() => Sample.Job("""
        type: release
        plan_name: plan
        validation:
          enabled: true
          evaluation_time: 30m
          auto_rollback_on_failure: true
          webhooks:
            - {name: errors, provider: datadog, data_points: {criteria: $.alert}, fail_when: criteria == "triggered", max_failures: 2}
            - {name: other, provider: alertmanager}
        """).ShouldBeClean();

    [Rule("CL-11.6")]
    [Theory]
    [InlineData("{evaluation_time: 20m}", "RF3002", "required key [enabled] not found", 18)]
    [InlineData("{enabled: 'yes'}", "RF3003", "expected type: Boolean, found: String", 27)]
    [InlineData("{enabled: true, x: 1}", "RF3001", "extraneous key [x] is not permitted", 33)]
    [InlineData("{enabled: true, webhooks: [{provider: grafana}]}", "RF3002", "required key [name] not found", 45)]
    [InlineData("{enabled: true, webhooks: [{name: n, provider: grafan}]}", "RF3004", "Input not a valid enum value", 64)]
    [InlineData("{enabled: true, webhooks: [{name: n, provider: custom, fail_when: a ==}]}", "RF2004", "", 87)]
    public void Refuses_a_validation_that_is_not_one(string validation, string code, string message, int column) =>
        Sample.Job($"type: release\nplan_name: p\nvalidation: {validation}").ShouldFailOnly(code, message, 6, column);

    [Rule("CL-11.7")]
    [Fact]
    public void Lets_a_job_of_an_orb_use_what_is_in_its_orb_only()
    {
        const string Config = """
            version: 2.1
            orbs:
              o:
                commands: {hello: {steps: [run: from the orb]}}
                executors: {e: {docker: [{image: orb}]}}
                jobs: {j: {executor: e, steps: [hello, STEP]}}
            commands:
              hello: {steps: [run: from the project]}
              other: {steps: [run: from the project]}
            executors: {e: {docker: [{image: project}]}}
            workflows: {w: {jobs: [o/j]}}
            """;

        Compiling.Config(Config.Replace(", STEP", "", StringComparison.Ordinal)).Job("o/j")
            .ShouldBe("{docker: [{image: orb}], steps: [{run: {command: from the orb}}]}");
        Compiling.Config(Config.Replace("STEP", "other", StringComparison.Ordinal))
            .ShouldFailOnly("RF4001", "Cannot find a definition for command named other", 6, 44);
    }

    [Rule("CL-11.8")]
    [Theory]
    [InlineData("{A: text, B: 12, C: true, D: null}", "[{A: text}, {B: 12}, {C: true}, {D: null}]")]
    [InlineData("[A=text, 'B=x=y']", "[{A: text}, {B: x=y}]")]
    [InlineData("[{A: text}, {B: 1, C: 2}]", "[{A: text}, {B: 1}, {C: 2}]")]
    [InlineData("A=text", "[{A: text}]")]
    public void Lists_the_environment_in_every_form(string written, string expected) =>
        Sample.Job($"docker: [{{image: i}}]\nenvironment: {written}\nsteps: [checkout]").Job("a")["environment"].ShouldBe(expected);

    [Rule("CL-11.8")]
    [Fact]
    public void Takes_an_environment_of_nothing() =>
        Assert.False(Sample.Job("docker: [{image: i}]\nenvironment:\nsteps: [checkout]").ShouldBeClean().Job("a")["environment"].Exists);

    [Rule("CL-11.8")]
    [Fact]
    public void Does_not_put_one_variable_into_another() =>
        Sample.Job("docker: [{image: i}]\nenvironment: {A: x, B: $A, C: '${A}'}\nsteps: [checkout]").Job("a")["environment"]
            .ShouldBe("[{A: x}, {B: $A}, {C: '${A}'}]");

    [Rule("CL-11.9")]
    [Fact]
    public void Leaves_variables_of_the_working_directory_alone() =>
        Assert.Equal("$HOME/app", Sample.Job("docker: [{image: i}]\nworking_directory: $HOME/app\nsteps: [checkout]").Job("a")["working_directory"].Text);

    [Rule("CL-11.10")]
    [Theory]
    [InlineData("1d")]
    [InlineData("15d")]
    [InlineData("30d")]
    public void Takes_a_retention_in_days(string days) =>
        Sample.Job($"docker: [{{image: i}}]\nretention: {{caches: {days}}}\nsteps: [checkout]").ShouldBeClean().Job("a")["retention"]
            .ShouldBe($"{{caches: {days}}}");

    [Rule("CL-11.10")]
    [Theory]
    [InlineData("{caches: 31d}", "RF3004", "does not match pattern ^([1-9]|[12][0-9]|30)d$", 25)]
    [InlineData("{caches: 0d}", "RF3004", "does not match pattern", 25)]
    [InlineData("{caches: {days: 3}}", "RF3003", "expected type: String, found: Mapping", 25)]
    [InlineData("3d", "RF3003", "expected type: Mapping, found: String", 16)]
    [InlineData("{artifacts: 3d}", "RF3001", "extraneous key [artifacts] is not permitted", 17)]
    public void Refuses_a_retention_that_is_not_one(string written, string code, string message, int column) =>
        Sample.Job($"docker: [{{image: i}}]\nretention: {written}\nsteps: [checkout]").ShouldFailOnly(code, message, 5, column);

    [Rule("CL-11.11")]
    [Theory]
    [InlineData("1")]
    [InlineData("12")]
    [InlineData("<< pipeline.number >>")]
    public void Takes_a_parallelism_that_comes_to_a_positive_number(string written) =>
        Assert.Equal(Yaml.ScalarKind.Integer, Sample.Job($"docker: [{{image: i}}]\nparallelism: {written}\nsteps: [checkout]").Job("a")["parallelism"].Kind);

    [Rule("CL-11.11")]
    [Theory]
    [InlineData("'2'", "RF3003", "expected type: Integer, found: String")]
    [InlineData("1.5", "RF3003", "expected type: Integer, found: Float")]
    [InlineData("0", "RF3004", "0 is not greater or equal to 1")]
    [InlineData("<< pipeline.git.branch >>", "RF3003", "expected type: Integer, found: String")]
    public void Refuses_other_parallelism(string written, string code, string message) =>
        Sample.Job($"docker: [{{image: i}}]\nparallelism: {written}\nsteps: [checkout]").ShouldFailOnly(code, message, 5, 18);
}
