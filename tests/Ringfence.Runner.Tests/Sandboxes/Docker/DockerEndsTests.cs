using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Docker;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes.Docker;

/// <summary>Engines that go away, runners that are killed, and engines within jobs.</summary>
public sealed class DockerEndsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ringfence-ends-").FullName;
    private readonly string _runId = Guid.NewGuid().ToString("N")[..12];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await TestEngine.RequireAsync();

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        Assert.Empty(await EngineTraces.OfRunAsync(_runId));
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Sweeps_what_a_killed_run_has_left_and_nothing_else()
    {
        await using var living = await TestEngine.Provider.StartAsync(await ARequestAsync("living"), _ => { }, Cancel);
        var gone = RunOwner.Current with { Process = RunOwner.Current.Process with { Started = "1" } };
        var elsewhere = gone with { Place = "another machine" };
        await MakeAsync("gone", gone);
        await MakeAsync("elsewhere", elsewhere);

        var removed = await TestEngine.Provider.SweepAsync(Cancel);

        Assert.Contains($"container {_runId}-gone", removed);
        Assert.Contains($"network {_runId}-gone", removed);
        Assert.Contains($"volume {_runId}-gone", removed);
        Assert.DoesNotContain(removed, line => line.Contains("elsewhere", StringComparison.Ordinal) || line.Contains("living", StringComparison.Ordinal));
        Assert.Equal("alive\n", (await Outcome.OfAsync(living, "echo alive")).Output);
        await RemoveAsync("elsewhere");
    }

    [Fact]
    public async Task Notices_that_the_engine_has_gone()
    {
        var sleep = $"sleep {System.Security.Cryptography.RandomNumberGenerator.GetInt32(1_000_000, 9_000_000)}";
        await using var way = new CutWay(Path.Combine(_folder, "engine.sock"));
        var provider = new DockerSandboxProvider(new DockerOptions { Host = $"unix://{way.Path}" });
        await using var sandbox = await provider.StartAsync(await ARequestAsync("cut"), _ => { }, Cancel);
        using var process = await Outcome.StartAsync(sandbox, $"echo ready; {sleep}");
        await Outcome.UntilAsync(process, "ready");

        await way.CutAsync();

        await sandbox.Agent.Ended.WaitAsync(Patience.End, TimeProvider.System, Cancel);
        await Assert.ThrowsAsync<AgentLostException>(() => Outcome.OfAsync(process));
        await sandbox.DisposeAsync();
        Assert.False((await provider.CheckAsync(Cancel)).IsAvailable);

        // The job does not outlive its runner, even if nothing could be removed yet.
        await HostProcesses.NoneAsync(sleep);
        await DockerAsync("rm", "--force", "--volumes", $"ringfence-{_runId}-cut-1");
    }

    [Fact]
    public async Task Notices_that_a_container_was_killed()
    {
        await using var sandbox = await TestEngine.Provider.StartAsync(await ARequestAsync("killed"), _ => { }, Cancel);

        await Tool.RunAsync("docker", "kill", $"ringfence-{_runId}-killed-1");

        await sandbox.Agent.Ended.WaitAsync(Patience.End, TimeProvider.System, Cancel);
    }

    [Fact]
    public async Task Jobs_share_a_network_that_stays()
    {
        var (provider, kind) = WithNetwork();
        Assert.Null(await provider.FindNetworkAsync(Cancel));

        var sandboxes = await Task.WhenAll(Enumerable.Range(0, 3).Select(async i => await provider.StartAsync(await ARequestAsync($"job-{i}"), _ => { }, Cancel)));
        foreach (var sandbox in sandboxes)
            await sandbox.DisposeAsync();

        Assert.Equal(await provider.FindNetworkAsync(Cancel), Assert.Single(await NetworksAsync(kind)));
        Assert.Empty(await EngineTraces.OfRunAsync(_runId));
        await RemoveNetworksAsync(kind);
    }

    [Fact]
    public async Task Makes_the_network_again_that_somebody_removed_after_it_was_found()
    {
        var (provider, kind) = WithNetwork();
        await (await provider.StartAsync(await ARequestAsync("first"), _ => { }, Cancel)).DisposeAsync();
        var before = Assert.Single(await NetworksAsync(kind));

        await using (var sandbox = await provider.StartAsync(await ARequestAsync("second"), RemoveOnceAllIsFound, Cancel))
            Assert.Equal("alive\n", (await Outcome.OfAsync(sandbox, "echo alive")).Output);

        Assert.NotEqual(before, Assert.Single(await NetworksAsync(kind)));
        await RemoveNetworksAsync(kind);

        void RemoveOnceAllIsFound(SandboxReport report)
        {
            if (report is not SandboxReport.Line { Text: var text } || !text.Contains("using image", StringComparison.Ordinal))
                return;
            DockerAsync("network", "rm", before).GetAwaiter().GetResult();
        }
    }

    [Fact]
    public async Task A_network_that_keeps_nobody_apart_is_not_used_whoever_labels_it()
    {
        var (provider, kind) = WithNetwork();
        await DockerAsync("network", "create", "--label", $"{SharedNetwork.Label}={kind}", kind);

        await using (await provider.StartAsync(await ARequestAsync("job"), _ => { }, Cancel))
            Assert.DoesNotContain("ringfence", (await Tool.RunAsync("docker", "network", "inspect", "--format", "{{range .Containers}}{{.Name}}{{end}}", kind)).Printed, StringComparison.Ordinal);

        await RemoveNetworksAsync(kind);
    }

    [Fact]
    [Rule("EX-7.20", "EX-7.21", "EX-7.24")]
    public async Task Gives_a_job_an_engine_of_its_own()
    {
        await TestEngine.RequireNestedAsync();
        var request = await ARequestAsync("remote");
        await using var sandbox = await TestEngine.Provider.StartAsync(request with { Containers = [TestEngine.Image("dind") with { Entrypoint = ["sleep", "100000"] }] }, _ => { }, Cancel);

        var variables = await sandbox.StartRemoteDockerAsync("default", Cancel);
        Assert.Same(variables, await sandbox.StartRemoteDockerAsync("default", Cancel));

        Assert.Equal("tcp://remote-docker:2376", variables["DOCKER_HOST"]);
        var outcome = await Outcome.OfAsync(sandbox, "docker info --format '{{.Name}}'; stat -c %a $DOCKER_CERT_PATH/key.pem; echo x > x; tar -c x | docker import - own && docker image ls -q | wc -l", Add);
        Assert.Equal(["remote-docker", "600"], outcome.Output.Split('\n')[..2]);
        Assert.Equal("1", outcome.Output.Trim().Split('\n')[^1]);
        Assert.NotEqual(0, (await Outcome.OfAsync(sandbox, "docker version", start => start.Environment["DOCKER_HOST"] = variables["DOCKER_HOST"])).Code);

        void Add(StartProcess start)
        {
            foreach (var (name, text) in variables)
                start.Environment[name] = text;
        }
    }

    [Fact]
    [Rule("EX-7.22")]
    public async Task Says_when_there_is_no_such_version_of_an_engine()
    {
        await using var sandbox = await new DockerSandboxProvider().StartAsync(await ARequestAsync("version"), _ => { }, Cancel);

        var failure = await Assert.ThrowsAsync<SandboxException>(() => sandbox.StartRemoteDockerAsync("docker1", Cancel));

        Assert.True(failure.IsFaultOfJob);
        Assert.Contains("docker27", failure.Hint, StringComparison.Ordinal);
    }

    // Of this test alone, since those of others may have jobs in it.
    private (DockerSandboxProvider Provider, string Kind) WithNetwork()
    {
        var kind = $"ringfence-test-{_runId}";
        return (new DockerSandboxProvider(new DockerOptions { Network = kind }), kind);
    }

    private static async Task RemoveNetworksAsync(string kind)
    {
        foreach (var network in await NetworksAsync(kind))
            await DockerAsync("network", "rm", network);
    }

    private static async Task<string[]> NetworksAsync(string kind) =>
        (await Tool.RunAsync("docker", "network", "ls", "--format", "{{.Name}}", "--filter", $"label={SharedNetwork.Label}={kind}")).Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<SandboxRequest> ARequestAsync(string id) => new()
    {
        Id = id,
        RunId = _runId,
        Containers = [TestEngine.Image("busybox")],
        AgentFolder = await StaticAgent.FolderAsync(),
        ScratchFolder = _folder,
    };

    private async Task MakeAsync(string name, RunOwner owner)
    {
        string[] labels = ["--label", $"ringfence.run={_runId}", "--label", $"ringfence.owner={owner}", "--label", $"ringfence.place={owner.Place}"];
        await DockerAsync(["network", "create", .. labels, $"{_runId}-{name}"]);
        await DockerAsync(["volume", "create", .. labels, $"{_runId}-{name}"]);
        await DockerAsync(["run", "--detach", .. labels, "--name", $"{_runId}-{name}", "--network", $"{_runId}-{name}", "--volume", $"{_runId}-{name}:/data", "ringfence-test/busybox", "sleep", "100000"]);
    }

    private Task RemoveAsync(string name) => RemoveAsync($"{_runId}-{name}", $"{_runId}-{name}");

    private static async Task RemoveAsync(string network, string container)
    {
        await DockerAsync("rm", "--force", "--volumes", container);
        await DockerAsync("network", "rm", network);
        await Tool.RunAsync("docker", "volume", "rm", container);
    }

    private static async Task DockerAsync(params string[] arguments)
    {
        var (code, printed) = await Tool.RunAsync("docker", arguments);
        Assert.True(code == 0, printed);
    }
}
