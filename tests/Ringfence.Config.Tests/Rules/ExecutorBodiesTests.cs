namespace Ringfence.Config.Tests.Rules;

public sealed class ExecutorBodiesTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Rule("CL-12.1")]
    [Theory]
    [InlineData("{image: i, name: n, entrypoint: e, command: c, user: u, environment: {A: b}}")]
    [InlineData("{image: i, entrypoint: [a, b], command: [c, d], environment: [A=b]}")]
    [InlineData("{image: i, auth: {username: $USER_NAME, password: $PASSWORD}}")]
    [InlineData("{image: i, aws_auth: {aws_access_key_id: a, aws_secret_access_key: b}}")]
    [InlineData("{image: i, aws_auth: {oidc_role_arn: arn}}")]
    [InlineData("{image: i, gcp_auth: {oidc_service_account: a, workload_identity_pool: b, workload_identity_provider: c}}")]
    public void Takes_every_key_of_an_image(string image) =>
        Sample.Executor("docker", $"- {image}").ShouldBeClean().Job("a")["docker"].ShouldBe($"[{image}]");

    [Rule("CL-12.1")]
    [Fact]
    public void Keeps_the_images_in_order() =>
        Sample.Executor("docker", "- image: first\n- image: second").Job("a")["docker"].ShouldBe("[{image: first}, {image: second}]");

    [Rule("CL-12.1")]
    [Theory]
    [InlineData("- {image: i, env: {A: b}}", "RF3001", "[#/jobs/a/docker] extraneous key [env] is not permitted", 5, 20)]
    [InlineData("- {name: n}", "RF3002", "[#/jobs/a/docker] required key [image] not found", 5, 10)]
    [InlineData("- i", "RF3003", "expected type: Mapping, found: String", 5, 9)]
    [InlineData("[]", "RF3003", "needs at least one image", 4, 5)]
    [InlineData("image: i", "RF3003", "expected type: Sequence, found: Mapping", 4, 5)]
    [InlineData("- {image: i, auth: {username: u}}", "RF3002", "required key [password] not found", 5, 27)]
    [InlineData("- {image: i, auth: {username: u, password: p, x: y}}", "RF3001", "extraneous key [x]", 5, 53)]
    [InlineData("- {image: i, aws_auth: {aws_access_key_id: u}}", "RF3002", "go together", 5, 30)]
    [InlineData("- {image: i, aws_auth: {oidc_role_arn: r, aws_access_key_id: u, aws_secret_access_key: s}}", "RF3010", "exclude each other", 5, 30)]
    [InlineData("- {image: i, gcp_auth: {key: u}}", "RF3001", "extraneous key [key]", 5, 31)]
    public void Refuses_an_image_that_is_not_one(string docker, string code, string message, int line, int column) =>
        Sample.Executor("docker", docker).ShouldFailOnly(code, message, line, column);

    [Rule("CL-12.2")]
    [Theory]
    [InlineData("ubuntu")]
    [InlineData("cimg/base:2024.01")]
    [InlineData("registry.example:5000/team/app:1")]
    [InlineData("cimg/base@sha256:" + Digest)]
    [InlineData("cimg/base:1@sha256:" + Digest)]
    public void Takes_every_form_of_an_image_reference(string image) =>
        Assert.Equal(image, Sample.Executor("docker", $"- image: {image}").ShouldBeClean().Job("a")["docker"][0]["image"].Text);

    /// <summary>A warning, since CircleCI's own compiler lets it pass (recorded output 055).</summary>
    [Rule("CL-12.2")]
    [Fact]
    public void Warns_of_a_digest_that_no_engine_can_pull() => Sample.Executor("docker", "- image: cimg/base@sha256:123").ShouldMention(
        "RF3017", "Invalid Docker image digest format \"sha256:123\". Expected format: sha256:<64 hex characters>", 5, 26);

    [Rule("CL-12.4")]
    [Theory]
    [InlineData("true")]
    [InlineData("ubuntu-2404:current")]
    [InlineData("{image: 'ubuntu-2404:current', docker_layer_caching: true}")]
    [InlineData("{enabled: true}")]
    public void Takes_every_form_of_a_machine(string machine) =>
        Sample.Executor("machine", machine).ShouldBeClean().Job("a")["machine"].ShouldBe(machine);

    [Rule("CL-12.4")]
    [Theory]
    [InlineData("[a]", "RF3003", "expected type: String, found: Sequence", 7)]
    [InlineData("{img: a}", "RF3001", "[#/jobs/a/machine] extraneous key [img] is not permitted", 8)]
    public void Refuses_a_machine_that_is_not_one(string machine, string code, string message, int column) =>
        Sample.Executor("machine", machine).ShouldFailOnly(code, message, 5, column);

    /// <summary>CircleCI's cloud needs an image; a runner of one's own does not, so the compiler leaves that to where the job runs.</summary>
    [Rule("CL-12.5")]
    [Theory]
    [InlineData("windows-server-2022-gui:current")]
    [InlineData("android:2024.11.1")]
    [InlineData("linux-cuda-12:default")]
    public void Passes_on_the_image_of_a_machine(string image)
    {
        Assert.Equal(image, Sample.Executor("machine", $"image: {image}").ShouldBeClean().Job("a")["machine"]["image"].Text);
        Sample.Executor("machine", "docker_layer_caching: true").ShouldBeClean();
    }

    [Rule("CL-12.6")]
    [Fact]
    public void Refuses_an_image_for_a_self_hosted_runner() => Sample.Job("machine: {image: 'ubuntu-2404:current'}\nresource_class: acme/big\nsteps: [checkout]")
        .ShouldFailOnly("RF3010", "Extraneous image \"ubuntu-2404:current\" for self-hosted runner \"acme/big\"", 4, 22);

    [Rule("CL-12.7")]
    [Fact]
    public void Takes_layer_caching_from_a_parameter() => Compiling.Config("""
        version: 2.1
        jobs:
          a:
            parameters: {cached: {type: boolean}}
            machine: {image: i, docker_layer_caching: << parameters.cached >>}
            steps: [checkout]
        workflows: {w: {jobs: [a: {cached: true}]}}
        """).Job("a")["machine"].ShouldBe("{image: i, docker_layer_caching: true}");

    [Rule("CL-12.7")]
    [Fact]
    public void Refuses_layer_caching_that_is_no_boolean() => Sample.Executor("machine", "docker_layer_caching: sometimes")
        .ShouldFailOnly("RF3003", "[#/jobs/a/machine/docker_layer_caching] expected type: Boolean, found: String", 5, 29);

    [Rule("CL-12.8")]
    [Fact]
    public void Moves_class_and_shell_out_of_the_machine_of_an_executor() => Compiling.Config("""
        version: 2.1
        executors: {e: {machine: {image: i, resource_class: large, shell: bash}}}
        jobs: {a: {executor: e, steps: [checkout]}}
        workflows: {w: {jobs: [a]}}
        """).ShouldBeClean().Job("a").ShouldBe("{machine: {image: i}, resource_class: large, shell: bash, steps: [checkout]}");

    [Rule("CL-12.8")]
    [Fact]
    public void Prefers_the_class_beside_the_machine() => Compiling.Config("""
        version: 2.1
        executors: {e: {machine: {image: i, resource_class: large}, resource_class: small}}
        jobs: {a: {executor: e, steps: [checkout]}}
        workflows: {w: {jobs: [a]}}
        """).ShouldBeClean().Job("a").ShouldBe("{machine: {image: i}, resource_class: small, steps: [checkout]}");

    [Rule("CL-12.9")]
    [Theory]
    [InlineData("{xcode: '15.0'}")]
    [InlineData("{xcode: 15.4}")]
    [InlineData("{xcode: '15.4.0', resource_class: m, shell: zsh, code_signing: [bundle]}")]
    public void Takes_every_form_of_macos(string macos) => Sample.Executor("macos", macos).ShouldBeClean().Job("a")["macos"].ShouldBe(macos);

    [Rule("CL-12.9")]
    [Theory]
    [InlineData("{shell: zsh}", "RF3002", "[#/jobs/a/macos] required key [xcode] not found", 8)]
    [InlineData("{xcode: '15.0', image: i}", "RF3001", "[#/jobs/a/macos] extraneous key [image] is not permitted", 23)]
    [InlineData("15.0", "RF3003", "expected type: Mapping, found: Float", 7)]
    public void Refuses_macos_that_is_not_one(string macos, string code, string message, int column) =>
        Sample.Executor("macos", macos).ShouldFailOnly(code, message, 5, column);

    [Rule("CL-12.11")]
    [Fact]
    public void Takes_windows_as_a_machine() => Sample.Job("""
        machine: {image: "windows-server-2022-gui:current"}
        resource_class: windows.medium
        shell: powershell.exe -ExecutionPolicy Bypass
        steps: [checkout]
        """).ShouldBeClean().Job("a").ShouldBe("""
        machine: {image: "windows-server-2022-gui:current"}
        resource_class: windows.medium
        shell: powershell.exe -ExecutionPolicy Bypass
        steps: [checkout]
        """);

    [Rule("CL-12.12")]
    [Theory]
    [InlineData("large", "large")]
    [InlineData("<< pipeline.git.branch == \"main\" and \"xlarge\" or \"small\" >>", "xlarge")]
    public void Takes_a_resource_class_as_text_or_expression(string written, string expected) =>
        Assert.Equal(expected, Sample.Job($"docker: [{{image: i}}]\nresource_class: {written}\nsteps: [checkout]").Job("a")["resource_class"].Text);

    [Rule("CL-12.12")]
    [Fact]
    public void Refuses_a_resource_class_that_is_no_text() => Sample.Job("docker: [{image: i}]\nresource_class: [large]\nsteps: [checkout]")
        .ShouldFailOnly("RF3003", "[#/jobs/a/resource_class] expected type: String, found: Sequence", 5, 21);

    [Rule("CL-12.13")]
    [Fact]
    public void Takes_a_self_hosted_class() => Sample.Job("machine: true\nresource_class: acme-corp/big_1\nsteps: [checkout]").ShouldBeClean();

    [Rule("CL-12.14")]
    [Fact]
    public void Leaves_the_choice_of_a_class_to_the_runner() =>
        Assert.False(Sample.Job("docker: [{image: i}]\nsteps: [checkout]").Job("a")["resource_class"].Exists);
}
