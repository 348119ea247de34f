namespace Ringfence.Config.Tests.Rules;

public sealed class StepShapesTests
{
    [Rule("CL-13.1")]
    [Theory]
    [InlineData("- run: a\n  name: b", "A step has one key; these are several", 7, 9, "Begin each step")]
    [InlineData("- run:\n  command: b", "A step has one key; these are several", 7, 9, "Indent 'command:'")]
    [InlineData("- {}", "A step has one key; there is none", 6, 9, null)]
    [InlineData("- [checkout]", "A step cannot be a list", 6, 9, null)]
    [InlineData("- 12", "A step is a name or a map with one key, not a integer", 6, 9, null)]
    [InlineData("- ", "There is no step after the '-'", 6, 8, null)]
    public void Refuses_what_is_no_step(string steps, string message, int line, int column, string? hint) =>
        Sample.Steps(steps).ShouldFailOnly("RF3009", message, line, column, hint);

    [Rule("CL-13.2")]
    [Theory]
    [InlineData("checkout")]
    [InlineData("setup_remote_docker")]
    [InlineData("add_ssh_keys")]
    [InlineData("install_signing_bundle")]
    public void Takes_the_name_alone(string step) => Sample.Steps($"- {step}").ShouldBeClean().Steps("a").ShouldBe($"[{step}]");

    [Rule("CL-13.2")]
    [Theory]
    [InlineData("run", "command")]
    [InlineData("save_cache", "key")]
    [InlineData("restore_cache", "keys")]
    [InlineData("store_artifacts", "path")]
    [InlineData("store_test_results", "path")]
    [InlineData("persist_to_workspace", "root")]
    [InlineData("attach_workspace", "at")]
    public void Asks_for_what_a_name_alone_leaves_out(string step, string key) =>
        Sample.Steps($"- {step}").ShouldFailOnly("RF3002", $"[{step}] required key [{key}] not found", 6, 9);

    [Rule("CL-13.3")]
    [Theory]
    [InlineData("run: {command: c, name: n, shell: s, environment: {A: b}, background: true, working_directory: d, no_output_timeout: 5m, when: always}")]
    [InlineData("run: {command: c, max_auto_reruns: 2, auto_rerun_delay: 10s}")]
    [InlineData("checkout: {path: p, method: shallow, depth: 1}")]
    [InlineData("setup_remote_docker: {version: default, docker_layer_caching: true, prefer_same_region: true}")]
    [InlineData("save_cache: {key: k, paths: [a, b], name: n, when: always}")]
    [InlineData("restore_cache: {keys: [a, b], name: n}")]
    [InlineData("store_artifacts: {path: p, destination: d, name: n}")]
    [InlineData("store_test_results: {path: p, name: n}")]
    [InlineData("persist_to_workspace: {root: r, paths: [a], name: n}")]
    [InlineData("attach_workspace: {at: a, name: n}")]
    [InlineData("add_ssh_keys: {fingerprints: [a]}")]
    [InlineData("install_signing_bundle: {}")]
    public void Takes_every_key_of_the_built_in_steps(string step) => Sample.Steps($"- {step}").ShouldBeClean().Steps("a").ShouldBe($"[{{{step}}}]");

    /// <summary>A warning, since CircleCI's own compiler lets them pass (recorded output 002).</summary>
    [Rule("CL-13.3")]
    [Theory]
    [InlineData("- run: {command: c, condition: d}", "[run] extraneous key [condition] is ignored", 27)]
    [InlineData("- checkout: {paht: p}", "[checkout] extraneous key [paht] is ignored", 20)]
    [InlineData("- save_cache: {key: k, paths: [p], max_auto_reruns: 2}", "[save_cache] extraneous key [max_auto_reruns] is ignored", 42)]
    public void Warns_of_other_keys_of_the_built_in_steps(string step, string message, int column) =>
        Sample.Steps(step).ShouldMention("RF3018", message, 6, column);

    [Rule("CL-13.3")]
    [Theory]
    [InlineData("- run: {name: n}", "RF3002", "[run] required key [command] not found", 15)]
    [InlineData("- save_cache: {key: k}", "RF3002", "[save_cache] required key [paths] not found", 22)]
    [InlineData("- restore_cache: {name: n}", "RF3002", "[restore_cache] required key [keys] not found", 24)]
    [InlineData("- persist_to_workspace: {root: r}", "RF3002", "[persist_to_workspace] required key [paths] not found", 32)]
    [InlineData("- store_artifacts: p", "RF3003", "[store_artifacts] expected type: Mapping, found: String", 26)]
    [InlineData("- store_artifacts: [path: p]", "RF3003", "[store_artifacts] expected type: Mapping, found: Sequence", 26)]
    [InlineData("- attach_workspace: {at: {a: b}}", "RF3003", "[attach_workspace/at] expected type: String, found: Mapping", 32)]
    public void Refuses_a_built_in_step_that_is_not_one(string step, string code, string message, int column) =>
        Sample.Steps(step).ShouldFailOnly(code, message, 6, column);

    [Rule("CL-13.4")]
    [Fact]
    public void Takes_key_and_keys_of_restore_cache_together() => Sample.Steps("- restore_cache: {key: a, keys: [b, c]}").ShouldBeClean().Steps("a")
        .ShouldBe("[{restore_cache: {key: a, keys: [b, c]}}]");

    [Rule("CL-13.5")]
    [Theory]
    [InlineData("checkout: {")]
    [InlineData("setup_remote_docker: {")]
    [InlineData("save_cache: {key: k, paths: [p], ")]
    [InlineData("restore_cache: {key: k, ")]
    [InlineData("store_artifacts: {path: p, ")]
    [InlineData("store_test_results: {path: p, ")]
    [InlineData("persist_to_workspace: {root: r, paths: [p], ")]
    [InlineData("attach_workspace: {at: a, ")]
    [InlineData("add_ssh_keys: {")]
    [InlineData("install_signing_bundle: {")]
    public void Takes_name_and_when_on_every_built_in_step(string step) => Sample.Steps($"- {step}name: n, when: on_fail}}").ShouldBeClean();

    [Rule("CL-13.6")]
    [Theory]
    [InlineData("always")]
    [InlineData("on_success")]
    [InlineData("on_fail")]
    public void Takes_the_conditions_of_a_run(string when) => Assert.Equal(when, Sample.Steps($"- run: {{command: c, when: {when}}}").ShouldBeClean().Steps("a")[0]["run"]["when"].Text);

    [Rule("CL-13.6")]
    [Fact]
    public void Refuses_other_conditions_of_a_run() => Sample.Steps("- run: {command: c, when: on_failure}").ShouldFailOnly(
        "RF3004", "Invalid when condition: expected `always`, `on_success`, `on_fail`; got `on_failure`", 6, 33);

    [Rule("CL-13.6")]
    [Theory]
    [InlineData("{type: string, default: always}", null)]
    [InlineData("{type: enum, enum: [always, on_fail], default: always}", null)]
    [InlineData("{type: boolean, default: true}", "got `true`")]
    public void Takes_the_condition_of_a_run_from_a_parameter_that_is_text(string parameter, string? refusal)
    {
        var compiled = Sample.Job($"parameters: {{p: {parameter}}}\ndocker: [{{image: i}}]\nsteps:\n  - run: {{command: c, when: << parameters.p >>}}");
        if (refusal is null)
            Assert.Equal("always", compiled.Steps("a")[0]["run"]["when"].Text);
        else
            compiled.ShouldFailOnly("RF3004", refusal, 4, 46);
    }

    [Rule("CL-13.7")]
    [Theory]
    [InlineData("30s")]
    [InlineData("20m")]
    [InlineData("1.5h")]
    public void Takes_a_timeout_with_a_unit(string timeout) => Sample.Steps($"- run: {{command: c, no_output_timeout: {timeout}}}").ShouldBeClean();

    [Rule("CL-13.7")]
    [Theory]
    [InlineData("soon")]
    [InlineData("10 m")]
    [InlineData("5d")]
    [InlineData(".5h")]
    public void Refuses_other_timeouts(string timeout) => Sample.Steps($"- run: {{command: c, no_output_timeout: {timeout}}}")
        .ShouldFailOnly("RF3004", $"'no_output_timeout' is not a duration: {timeout}", 6, 46);

    [Rule("CL-13.8")]
    [Theory]
    [InlineData("max_auto_reruns: 1")]
    [InlineData("max_auto_reruns: 5, auto_rerun_delay: 10m")]
    [InlineData("max_auto_reruns: 5, auto_rerun_delay: 600s")]
    public void Takes_automatic_reruns(string keys) => Sample.Steps($"- run: {{command: c, {keys}}}").ShouldBeClean();

    [Rule("CL-13.8")]
    [Theory]
    [InlineData("max_auto_reruns: 0", "RF3004", "Must be greater than or equal to 1", 44)]
    [InlineData("max_auto_reruns: 6", "RF3004", "Must be less than or equal to 5", 44)]
    [InlineData("max_auto_reruns: many", "RF3003", "expected type: Integer, found: String", 44)]
    [InlineData("max_auto_reruns: 1, auto_rerun_delay: 11m", "RF3004", "'auto_rerun_delay' is not a delay of up to ten minutes: 11m", 65)]
    [InlineData("max_auto_reruns: 1, auto_rerun_delay: 601s", "RF3004", "601s", 65)]
    [InlineData("max_auto_reruns: 1, auto_rerun_delay: 0s", "RF3004", "0s", 65)]
    [InlineData("auto_rerun_delay: 10s", "RF3002", "auto_rerun_delay requires max_auto_reruns to be specified", 45)]
    [InlineData("max_auto_reruns: 1, background: true", "RF3010", "Background steps cannot use max_auto_reruns or auto_rerun_delay fields", 44)]
    public void Refuses_other_automatic_reruns(string keys, string code, string message, int column) =>
        Sample.Steps($"- run: {{command: c, {keys}}}").ShouldFailOnly(code, message, 6, column);

    [Rule("CL-13.9")]
    [Theory]
    [InlineData("method: blobless")]
    [InlineData("method: full")]
    [InlineData("method: shallow, depth: 3")]
    public void Takes_the_methods_of_a_checkout(string keys) => Sample.Steps($"- checkout: {{{keys}}}").ShouldBeClean();

    [Rule("CL-13.9")]
    [Theory]
    [InlineData("method: deep", "RF3004", "Checkout method 'deep' is invalid", 28)]
    [InlineData("method: shallow", "RF3002", "required key [depth] not found", 28)]
    [InlineData("method: full, depth: 1", "RF3010", "Checkout depth can only be used with the shallow checkout method", 41)]
    [InlineData("depth: 1", "RF3010", "Checkout depth can only be used with the shallow checkout method", 27)]
    [InlineData("method: shallow, depth: 0", "RF3004", "Checkout depth must be a positive number", 44)]
    public void Refuses_a_checkout_that_is_not_one(string keys, string code, string message, int column) =>
        Sample.Steps($"- checkout: {{{keys}}}").ShouldFailOnly(code, message, 6, column);

    [Rule("CL-13.10")]
    [Fact]
    public void Says_that_the_deploy_step_is_deprecated() => Sample.Steps("- deploy: {name: n, command: c}")
        .ShouldMention("RF3015", "The step 'deploy' is deprecated", 6, 9).Steps("a").ShouldBe("[{deploy: {name: n, command: c}}]");

    [Rule("CL-13.11")]
    [Fact]
    public void Refuses_a_remote_docker_in_a_machine() => Sample.Job("machine: true\nsteps:\n  - checkout\n  - setup_remote_docker")
        .ShouldFailOnly("RF3010", "'setup_remote_docker' cannot be used in a 'machine' job", 7, 9);
}
