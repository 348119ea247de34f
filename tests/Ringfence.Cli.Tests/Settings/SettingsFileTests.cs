using Ringfence.Cli.Run;
using Ringfence.Cli.Settings;
using Ringfence.Gate.Policies;
using Ringfence.Primitives;

namespace Ringfence.Cli.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private readonly CommandRun _run = new();

    [Fact]
    public void Reads_all_settings()
    {
        var (settings, problems) = Read(
            home: """
            sandbox = "process"   # of the user
            jobs = 3
            network = false
            host_network = true
            allowed_addresses = ["169.254.169.254", "fd00:ec2::/32"]
            remote_docker_image = "mirror.example/docker:dind"

            [images]
            "cimg/*" = "mirror.example/cimg/*"
            node = 'my-node'
            """);

        Assert.Empty(problems);
        Assert.Equal((SandboxKind.Process, 3, false, "mirror.example/docker:dind"), (settings.Sandbox, settings.AtATime, settings.HasNetwork, settings.RemoteDockerImage));
        Assert.True(settings.HasHostNetwork);
        Assert.Equal(["169.254.169.254", "fd00:ec2::/32"], settings.AllowedAddresses);
        Assert.Equal([("cimg/*", "mirror.example/cimg/*"), ("node", "my-node")], settings.Images);
    }

    [Fact]
    public void A_checkout_wins_over_the_home_and_options_over_both()
    {
        var (settings, problems) = Read(
            home: "jobs = 3\nsandbox = 'none'\nimages = { a = 'home', b = 'home', c = 'home' }",
            checkout: "jobs = 4\nsandbox = 'docker'\nimages.a = 'checkout'\nimages.b = 'checkout'");
        var asked = new RunSettings { Compile = new() { Path = ".circleci/config.yml" }, Files = settings, ImageRules = ["a=option"], AskedAtATime = 5, AskedSandbox = SandboxKind.Process };

        Assert.Empty(problems);
        Assert.Equal((4, SandboxKind.Docker), (settings.AtATime, settings.Sandbox));
        Assert.Equal((5, SandboxKind.Process), (asked.AtATime, asked.Sandbox));
        Assert.Equal("option checkout home", string.Join(' ', ((string[])["a", "b", "c"]).Select(asked.Images.Apply)));
        Assert.Equal(" --sandbox process --image 'a=option'", asked.Repeat);
    }

    [Theory]
    [InlineData("", "sandbox = 'none'", "sandbox 'none'")]
    [InlineData("", "sandbox = 'process'", "sandbox 'process'")]
    [InlineData("sandbox = 'none'", "sandbox = 'process'", "sandbox 'process'")]
    [InlineData("sandbox = 'docker'", "sandbox = 'as-configured'", "sandbox 'as-configured'")]
    [InlineData("", "remote_docker_image = 'evil'", "private engine")]
    [InlineData("", "host_network = true", "the network of this machine")]
    [InlineData("host_network = true", "host_network = true", "the network of this machine")]
    [InlineData("", "allowed_addresses = ['169.254.169.254']", "addresses")]
    [InlineData("allowed_addresses = ['169.254.169.254']", "allowed_addresses = []", "addresses")]
    public void A_checkout_cannot_loosen_what_keeps_its_jobs_apart(string home, string checkout, string what)
    {
        var (settings, problems) = Read(home, checkout);

        var problem = Assert.Single(problems);
        Assert.StartsWith("ringfence.toml:1:1: error RF9307: A checkout may not choose", problem, StringComparison.Ordinal);
        Assert.Contains(what, problem, StringComparison.Ordinal);
        Assert.Equal(Read(home).Settings.Sandbox, settings.Sandbox);
        Assert.Null(settings.RemoteDockerImage);
        Assert.Equal(Read(home).Settings.HasHostNetwork, settings.HasHostNetwork);
        Assert.Equal(Read(home).Settings.AllowedAddresses, settings.AllowedAddresses);
    }

    [Fact]
    public void A_checkout_may_keep_its_jobs_from_this_machines_network() => Assert.False(Read("host_network = true", "host_network = false").Settings.HasHostNetwork);

    [Fact]
    public void Nobody_gives_back_a_network_that_another_takes_away()
    {
        Assert.False(Read("network = false", "network = true").Settings.HasNetwork);
        Assert.False(Read("network = true", "network = false").Settings.HasNetwork);
        Assert.True(Read("network = true").Settings.HasNetwork);
    }

    [Fact]
    [Rule("MSK-7")]
    public void The_gate_has_a_rule_for_each_exit()
    {
        var (settings, problems) = Read(
            home: "[gate]\nlogs = 'allow'\nartifacts = 'warn'\ncache = 'allow'\nworkspace = 'refuse'",
            checkout: "gate = { artifacts = 'refuse', cache = 'warn', logs = 'mask' }");
        var asked = new RunSettings { Compile = new() { Path = ".circleci/config.yml" }, Files = settings };

        Assert.Empty(problems);
        Assert.Equal(
            [GateAction.Mask, GateAction.Refuse, GateAction.Warn, GateAction.Refuse, GateAction.Refuse, GateAction.Refuse],
            ((GateExit[])[GateExit.Log, GateExit.Artifact, GateExit.Cache, GateExit.Workspace, GateExit.TestResults, GateExit.BashEnv]).Select(asked.Gate.At));
        Assert.Equal(GateAction.Allow, (asked with { AskedGate = GatePolicy.Default.With(GateExit.Artifact, GateAction.Allow) }).Gate.At(GateExit.Artifact));
    }

    [Theory]
    [InlineData("", "logs = 'allow'")]
    [InlineData("", "artifacts = 'warn'")]
    [InlineData("cache = 'warn'", "cache = 'allow'")]
    [InlineData("test_results = 'refuse'", "test_results = 'allow'")]
    [InlineData("", "bash_env = 'allow'")]
    public void A_checkout_cannot_open_the_gate(string home, string checkout)
    {
        home = home.Length > 0 ? $"[gate]\n{home}" : "";
        var (settings, problems) = Read(home, $"[gate]\n{checkout}");

        Assert.StartsWith("ringfence.toml:2:1: error RF9307: A checkout may not set 'gate.", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal(Read(home).Settings.Gate, settings.Gate);
    }

    [Theory]
    [InlineData("jobs = 2\nsandbax = 'docker'", "ringfence.toml:2:1: error RF9306: There is no setting 'sandbax'. Did you mean 'sandbox'?")]
    [InlineData("\n[imagse]\na = 'b'", "ringfence.toml:3:1: error RF9306: There is no setting 'imagse.a'. Did you mean 'images'?")]
    [InlineData("[other]", "ringfence.toml:1:2: error RF9306: There is no setting 'other'. There are sandbox, jobs, network, host_network, allowed_addresses, remote_docker_image, images, gate.")]
    [InlineData("sandbox = 'dokcer'", "ringfence.toml:1:1: error RF9306: There is no sandbox 'dokcer'. Did you mean 'docker'?")]
    [InlineData("jobs = 0", "ringfence.toml:1:1: error RF9306: 'jobs' is a number from 1 to 1000. ")]
    [InlineData("network = 'no'", "ringfence.toml:1:1: error RF9306: 'network' is true or false. ")]
    [InlineData("host_network = 1", "ringfence.toml:1:1: error RF9306: 'host_network' is true or false. ")]
    [InlineData("[images]\n\"a*b\" = 'c'", "ringfence.toml:2:1: error RF9306: A '*' stands at the end of an image rule only, not as in 'a*b'. ")]
    [InlineData("[images]\na.b = 'c'", "ringfence.toml:2:1: error RF9306: An image rule is a name and what is taken instead; names with dots or slashes stand in quotation marks. ")]
    [InlineData("[[images]]\na = 'b'", "ringfence.toml:1:3: error RF9306: 'images' is a table: a line [images], and below it a line such as \"cimg/*\" = \"mirror.example/cimg/*\" for each rule. ")]
    [InlineData("allowed_addresses = '169.254.169.254'", "ringfence.toml:1:1: error RF9306: 'allowed_addresses' is a list of addresses such as [\"169.254.169.254\"] or [\"169.254.0.0/16\"], at most 100 of them. ")]
    [InlineData("[gate]\n  artefacts = 'warn'", "ringfence.toml:2:3: error RF9306: The gate has no exit 'artefacts'. Did you mean 'artifacts'?")]
    [InlineData("[gate]\nlog = 'mask'", "ringfence.toml:2:1: error RF9306: The gate has no exit 'log'. Did you mean 'logs'?")]
    [InlineData("[gate]\ncache = 'mask'", "ringfence.toml:2:1: error RF9306: 'gate.cache' is \"refuse\", \"warn\" or \"allow\". ")]
    [InlineData("[gate]\nlogs = 'warn'", "ringfence.toml:2:1: error RF9306: 'gate.logs' is \"mask\" or \"allow\". ")]
    [InlineData("[gate]\ncache = 'alow'", "ringfence.toml:2:1: error RF9306: 'gate.cache' is \"refuse\", \"warn\" or \"allow\". Did you mean 'allow'?")]
    [InlineData("[gate]\ncache = true", "ringfence.toml:2:1: error RF9306: 'gate.cache' is \"refuse\", \"warn\" or \"allow\". ")]
    [InlineData("gate = 'off'", "ringfence.toml:1:1: error RF9306: 'gate' is a table: a line [gate], and below it a line such as artifacts = \"warn\" for each exit. ")]
    public void Says_what_is_wrong_and_where(string text, string problem) => Assert.Equal([problem], Read(checkout: text).Problems);

    [Theory]
    [InlineData("metadata.google.internal")]
    [InlineData("169.254.169.254/16")]
    [InlineData("169.254.0.0/33")]
    public void Says_when_an_address_is_none(string address) =>
        Assert.Contains("is a list of addresses", Assert.Single(Read(home: $"allowed_addresses = ['169.254.169.254', '{address}']").Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("jobs = ")]
    [InlineData("jobs = 1\njobs = 2")]
    [InlineData("jobs 1")]
    public void Says_where_a_text_is_no_toml(string text) => Assert.StartsWith("ringfence.toml:", Read(checkout: text).Problems[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("a = {0}", "[")]
    [InlineData("a = {0}", "{{a=")]
    [InlineData("{0}1 = 1", "a.")]
    public void Takes_no_harm_from_depth(string form, string part) =>
        Assert.NotEmpty(Read(checkout: form.Replace("{0}", string.Concat(Enumerable.Repeat(part, 20_000)), StringComparison.Ordinal)).Problems);

    [Fact]
    public async Task A_run_is_refused_with_what_is_wrong()
    {
        _run.WithVariable("RINGFENCE_HOME", Path.Combine(_run.Folder, "home")).WithFile(".circleci/config.yml", "version: 2.1\njobs: {build: {machine: true, steps: [run: echo hi]}}\nworkflows: {main: {jobs: [build]}}\n");

        _run.WithFile("ringfence.toml", "sandbox = 'none'\n");
        (await _run.Run("run", "--plain")).AssertRefused("error[RF9307]: A checkout may not choose the sandbox 'none'");

        _run.WithFile("ringfence.toml", "network = false\n");
        (await _run.Run("run", "--plain", "--sandbox", "none")).AssertRefused("Jobs without a network need a fence");
    }

    public void Dispose() => _run.Dispose();

    private (FileSettings Settings, string[] Problems) Read(string? home = null, string? checkout = null)
    {
        _run.WithVariable("RINGFENCE_HOME", Path.Combine(_run.Folder, "home"));
        _run.WithFile("home/ringfence.toml", home ?? "").WithFile("ringfence.toml", checkout ?? "");
        var problems = new DiagnosticBag();
        var settings = SettingsFile.Read(_run.Surroundings(), _run.Folder, problems);
        return (settings, [.. problems.ToImmutable().Select(p => $"{p} {p.Hint}")]);
    }
}
