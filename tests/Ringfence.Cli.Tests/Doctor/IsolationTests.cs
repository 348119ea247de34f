using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ringfence.Cli.Doctor.Isolation;
using Ringfence.Cli.Local;
using Ringfence.Cli.Settings;
using Ringfence.Cli.Tests.Run;
using Ringfence.Keep.Ledgers;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Cli.Tests.Doctor;

/// <summary>Sends the thief into real sandboxes.</summary>
[Collection(TestEngine.Alone)]
public sealed class IsolationTests : IDisposable
{
    private readonly CommandRun _run = new CommandRun().WithVariable("RINGFENCE_HOME", "state").WithFile("../home/.ssh/id_rsa", "of the user");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ProcessSandboxProvider Nothing { get; } = new(fenced: false, "");

    [Theory]
    [Rule("INC-31")]
    [InlineData("busybox")]
    [InlineData("debian")]
    public async Task A_container_keeps_everything_from_the_thief(string image)
    {
        await TestEngine.RequireAsync();
        await using var cloud = await TrialCloud.StartAsync();

        var result = await (await CheckAsync($"{TrialCloud.Address}/80")).RunAsync("docker", TestEngine.Provider, [TestEngine.Image(image)], Cancel);

        AssertFound(result);
        Assert.Empty(result.Results.Where(r => r.State == ProbeState.NotTried).Select(r => r.Probe).Except(["system-secrets", "mounts", "other-job-port"]));
        Assert.True(result.IsFit);
    }

    [Theory]
    [Rule("INC-31")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_fence_keeps_everything_from_the_thief(bool hasNetwork)
    {
        await TestFence.RequireNetworkAsync();
        await using var cloud = await TrialCloud.StartAsync();

        var result = await (await CheckAsync($"{TrialCloud.Address}/80", hasNetwork)).RunAsync("bubblewrap", TestFence.Provider, [], Cancel);

        AssertFound(result);
        Assert.DoesNotContain(result.Results, r => r.State == ProbeState.NotTried);
        Assert.True(result.IsFit);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("bubblewrap")]
    public async Task What_clouds_tell_is_found_where_the_user_allows_its_address(string kind)
    {
        await TestFence.RequireNetworkAsync();
        await TestEngine.RequireAsync();
        await using var cloud = await TrialCloud.StartAsync();
        var check = await CheckAsync($"{TrialCloud.Address}/80", settings: new FileSettings { AllowedAddresses = [TrialCloud.Address] });

        var result = await (kind == "docker" ? check.RunAsync(kind, TestEngine.Provider, [TestEngine.Image("debian")], Cancel) : check.RunAsync(kind, TestFence.Provider, [], Cancel));

        AssertFound(result, "metadata");
        Assert.Equal("unfit for secrets", result.Verdict);
    }

    [Fact]
    public async Task A_fence_with_this_machines_network_is_unfit()
    {
        await TestFence.RequireNetworkAsync();
        await using var cloud = await TrialCloud.StartAsync();

        var result = await (await CheckAsync($"{TrialCloud.Address}/80", settings: new FileSettings { HasHostNetwork = true })).RunAsync("bubblewrap", TestFence.Provider, [], Cancel);

        AssertFound(result, "other-job-port", "host-services", "metadata");
        Assert.Equal("unfit for secrets", result.Verdict);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("bubblewrap")]
    public async Task A_sandbox_in_which_addresses_cannot_be_closed_is_unfit_where_there_is_no_cloud_too(string kind)
    {
        await TestFence.RequireNetworkAsync();
        await TestEngine.RequireAsync();
        var check = await CheckAsync(agent: await RefusingAgentAsync());

        var result = await (kind == "docker" ? check.RunAsync(kind, TestEngine.Provider, [TestEngine.Image("debian")], Cancel) : check.RunAsync(kind, new ProcessSandboxProvider(fenced: true, Environment.GetEnvironmentVariable("PATH")!), [], Cancel));

        Assert.Contains("rules are not for you", result.Found.Single(r => r.Probe == "metadata").Detail, StringComparison.Ordinal);
        Assert.Equal("unfit for secrets", result.Verdict);
    }

    [Fact]
    public async Task A_plain_process_of_root_reads_disks()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Nobody else may.");
        var image = Path.Combine(_run.Folder, "disk");
        await File.WriteAllBytesAsync(image, new byte[1 << 20], Cancel);
        var (code, disk) = await Tool.RunAsync("losetup", "--find", "--show", image);
        Assert.SkipUnless(code == 0, $"No disk can be made here: {disk}");
        try
        {
            var plain = await (await CheckAsync()).RunAsync("none", Nothing, [], Cancel);

            Assert.Contains($"/sys/class/block/{Path.GetFileName(disk.Trim())}", plain.Results.Single(r => r.Probe == "devices").Detail, StringComparison.Ordinal);
        }
        finally
        {
            await Tool.RunAsync("losetup", "--detach", disk.Trim());
        }
    }

    [Fact]
    public async Task What_a_killed_check_left_goes_with_the_next()
    {
        var check = await CheckAsync();
        var state = LocalState.Of(_run.Surroundings())!;
        _run.WithFile("state/decoys-of-0badcafe", "1:not-when-it-started").WithFile("state/keep/decoy-0badcafe", "").WithFile("state/decoy-home-0badcafe/.ssh/id_ed25519", "");
        var living = Path.Combine(state.Root, "decoys-of-00c0ffee");
        await File.WriteAllTextAsync(living, ProcessOwner.OfThisProcess().ToString(), Cancel);
        await File.WriteAllTextAsync("/tmp/ringfence-decoy-left-0badcafe", "", Cancel);

        await check.RunAsync("none", Nothing, [], Cancel);

        Assert.False(File.Exists("/tmp/ringfence-decoy-left-0badcafe"));
        Assert.Equal([living], Directory.EnumerateFiles(state.Root, "*deco*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateDirectories(state.Root, "decoy*"));
    }

    [Fact]
    public async Task A_plain_process_lets_the_thief_have_it()
    {
        Assert.SkipUnless(Environment.UserName == "root", "What a plain process gets at depends on who runs it.");
        using var metadata = TrialCloud.Listen(IPAddress.Any, 0);
        var before = Directory.GetFiles("/tmp", "ringfence-decoy-*");

        var result = await (await CheckAsync(addresses: $"127.0.0.1/{Port(metadata)}")).RunAsync("none", Nothing, [], Cancel);

        // An engine need not be there, a virtual machine or a container may refuse its own root the devices and keys, and the agent wipes what it has handed to a step.
        string[] found = [.. result.Found.Select(r => r.Probe)];
        Assert.Empty(IsolationProbe.All.Select(p => p.Name).Except(found).Except(["engine-socket", "devices", "agent-memory", "kernel-keys"]));
        Assert.False(result.IsFit);
        Assert.Equal("unfit for secrets", result.Verdict);
        Assert.Empty(Directory.EnumerateFiles("/tmp", "ringfence-decoy-*").Except(before));
    }

    [Fact]
    [Rule("INC-31")]
    public async Task A_metadata_service_is_found_where_it_answers_a_container()
    {
        await TestEngine.RequireAsync();
        using var metadata = TrialCloud.Listen(IPAddress.Any, 0);

        var result = await (await CheckAsync(addresses: $"gateway/{Port(metadata)}")).RunAsync("docker", TestEngine.Provider, [TestEngine.Image("busybox")], Cancel);

        AssertFound(result, "metadata");
        Assert.Equal("unfit for secrets", result.Verdict);
    }

    [Fact]
    public async Task The_result_is_shown_kept_and_recorded()
    {
        await TestEngine.RequireAsync();
        using var trial = await PipelineTrial.With(Configs.Small);
        await using (await TrialKeep.OpenAsync(trial))
        {
        }

        await TestFence.RequireNetworkAsync();
        var shown = await trial.Commands.Run("doctor", "--isolation", "--isolation-image", "ringfence-test/busybox");
        var after = await trial.Commands.Run("doctor");

        TestContext.Current.TestOutputHelper?.WriteLine(shown.Out + shown.Error);
        Assert.Equal(0, shown.Exit);
        Assert.Contains("✓ docker: fit for secrets", shown.Out, StringComparison.Ordinal);
        Assert.Contains("✓ bubblewrap: fit for secrets", shown.Out, StringComparison.Ordinal);
        Assert.Contains("✗ none: unfit for secrets", shown.Out, StringComparison.Ordinal);
        using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(trial.Home, "isolation.json"), Cancel));
        Assert.Equal(3, kept.RootElement.GetProperty("sandboxes").GetArrayLength());
        Assert.Contains("none unfit for secrets", after.Out, StringComparison.Ordinal);
        await using var keep = await TrialKeep.OpenAsync(trial);
        Assert.Contains(keep.Entries(), e => e.Kind == LedgerKind.IsolationChecked && e.Text.Contains("docker fit for secrets", StringComparison.Ordinal));
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task A_plain_process_gets_no_secrets_unless_somebody_insists()
    {
        using var trial = (await PipelineTrial.With(
            """
            version: 2.1
            jobs: {deploy: {machine: {image: "ubuntu-2404:current"}, steps: [run: 'echo "has ${#TOKEN}"']}}
            workflows: {main: {jobs: [{deploy: {context: release}}]}}
            """)).Committed();
        await using var keep = await TrialKeep.OpenAsync(trial);
        await keep.ContextAsync("release", ("TOKEN", "npm_planted_12345"));

        var refused = await trial.Run("--sandbox", "none");
        var insisted = await trial.Run("--sandbox", "none", "--allow-unfenced-secrets");

        Assert.Equal((int)ExitCode.PipelineFailed, refused.Exit);
        Assert.Contains("plain processes are unfit for them", refused.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| has", refused.Out, StringComparison.Ordinal);
        Assert.Contains("| has 17\n", insisted.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decoy_counts_only_when_it_was_planted_and_silence_is_not_safety()
    {
        var results = Thief.Understand("keep-files\tgot\tvalue here\nhome-files\tgot\tother there\nhome-files\tsafe\t\nmounts\tuntried\tno mount\n", value => value == "value");

        Assert.Equal(new ProbeResult("keep-files", ProbeState.Found, "here"), results.Single(r => r.Probe == "keep-files"));
        Assert.Equal(ProbeState.Safe, results.Single(r => r.Probe == "home-files").State);
        Assert.Equal("no mount", results.Single(r => r.Probe == "mounts").Detail);
        Assert.Equal(ProbeState.NotTried, results.Single(r => r.Probe == "devices").State);
    }

    public void Dispose() => _run.Dispose();

    private static void AssertFound(SandboxIsolation result, params string[] probes)
    {
        Assert.True(result.IsTried, result.Description);
        Assert.Equal(probes.Order(StringComparer.Ordinal), result.Found.Select(r => r.Probe).Order(StringComparer.Ordinal));
    }

    private async Task<IsolationCheck> CheckAsync(string addresses = "127.0.0.1/1", bool hasNetwork = true, FileSettings? settings = null, string? agent = null)
    {
        var surroundings = _run.WithVariable("RINGFENCE_AGENT", agent ?? await StaticAgent.FolderAsync()).Surroundings();
        return new IsolationCheck(surroundings, LocalState.Of(surroundings)!) { Metadata = [addresses], HasNetwork = hasNetwork, Settings = settings ?? FileSettings.None };
    }

    /// <summary>An agent on a machine whose kernel takes no rules.</summary>
    private async Task<string> RefusingAgentAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_run.Folder, "refusing")).FullName;
        foreach (var file in Directory.EnumerateFiles(await StaticAgent.FolderAsync()))
            Executables.Install(file, Path.Combine(folder, Path.GetFileName(file) is "ringfence-agent" ? "real" : Path.GetFileName(file)));
        Executables.Write(Path.Combine(folder, "ringfence-agent"), "#!/bin/sh\ncase \"$*\" in *--deny*) echo 'The rules are not for you.' >&2; exit 1 ;; esac\nexec \"${0%/*}/real\" \"$@\"\n");
        return folder;
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
