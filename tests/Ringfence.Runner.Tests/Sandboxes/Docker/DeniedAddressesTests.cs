using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes.Docker;

/// <summary>What containers do not reach: the addresses at which clouds tell a machine its own credentials.</summary>
public sealed class DeniedAddressesTests : IAsyncLifetime
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("ringfence-denied-").FullName;
    private readonly List<SandboxReport> _reports = [];
    private readonly Dictionary<int, string> _output = [];
    private readonly string _runId = Guid.NewGuid().ToString("N")[..12];
    private readonly TaskCompletionSource _allSaid = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await TestEngine.RequireAsync();

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_scratch, recursive: true);
        Assert.Empty(await EngineTraces.OfRunAsync(_runId));
    }

    [Fact]
    [Rule("INC-31")]
    public async Task A_job_cannot_reach_them_and_cannot_change_that()
    {
        await using var sandbox = await StartAsync([TestEngine.Image("debian") with { User = "root" }]);

        var outcome = await Outcome.OfAsync(sandbox, """
            for address in 169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192; do (exec 3<>/dev/tcp/$address/80) 2>&1 | grep -o 'Network is unreachable' | head -n 1; done
            id -u
            grep -o 'CapBnd.*' /proc/self/status
            """, start => start.Argv[0] = "/bin/bash");
        var removed = await Tool.RunAsync("docker", "exec", "--user", "0", $"ringfence-{_runId}-job-1-1", "/opt/ringfence/ringfence-agent", "--deny-addresses", "169.254.0.0/16");

        // Without the right over networks, which is the thirteenth.
        Assert.Equal(string.Concat(Enumerable.Repeat("Network is unreachable\n", 5)) + "0\nCapBnd:\t00000000a80425fb\n", outcome.Output);
        Assert.Equal((1, "The kernel does not take routing rules: 169.254.0.0/16: Operation not permitted\n"), removed);
        Assert.DoesNotContain(_reports.OfType<SandboxReport.Line>(), line => line.Text.Contains("not closed", StringComparison.Ordinal));
    }

    [Fact]
    [Rule("INC-31")]
    public async Task Processes_that_the_config_chooses_do_not_start_before()
    {
        const string Looks = "(exec 3<>/dev/tcp/169.254.169.254/80) 2>&1 | grep -o 'Network is unreachable' | head -n 1; echo \"as $0\"";
        await using var sandbox = await StartAsync(
            [
                TestEngine.Image("debian") with { Command = ["bash", "-c", Looks + "; sleep 1000", "primary"] },
                TestEngine.Image("debian") with { Command = ["bash", "-c", Looks, "service"] },
                TestEngine.Image("debian") with { Entrypoint = ["bash", "-c", Looks], Command = ["entrypoint"] },
            ]);

        await _allSaid.Task.WaitAsync(Patience.End, TimeProvider.System, Cancel);

        Assert.Equal("Network is unreachable\nas primary\n", _output[1]);
        Assert.Equal("Network is unreachable\nas service\n", _output[2]);
        Assert.Equal("Network is unreachable\nas entrypoint\n", _output[3]);
    }

    [Fact]
    [Rule("INC-31")]
    public async Task What_an_image_has_the_engine_run_as_a_check_does_not_start_at_all()
    {
        // It would start at once, and what it prints is what 'docker inspect' shows and the engine keeps on its disk.
        const string Image = "ringfence-test/checked";
        var file = Path.Combine(_scratch, "Dockerfile");
        await File.WriteAllTextAsync(file, "FROM ringfence-test/debian\nUSER root\nHEALTHCHECK --interval=1ms --timeout=60s CMD cat /proc/*/environ | tr '\\0' '\\n' | grep DEPLOY\n", Cancel);
        var (code, printed) = await Tool.RunAsync("docker", "build", "--quiet", "--tag", Image, _scratch);
        Assert.True(code == 0, printed);
        await using var sandbox = await StartAsync(
            [
                new ContainerRequest { Image = Image },
                new ContainerRequest { Image = Image, Command = ["sleep", "1000"] },
            ]);

        await Outcome.OfAsync(sandbox, "sleep 0.1", start => start.Environment["DEPLOY"] = "of a step");

        foreach (var place in (int[])[1, 2])
        {
            var (_, check) = await Tool.RunAsync("docker", "inspect", "--format", "{{json .Config.Healthcheck.Test}} {{json .State.Health}}", $"ringfence-{_runId}-job-1-{place}");
            Assert.Equal("[\"NONE\"] null\n", check.Replace("{\"Status\":\"none\",\"FailingStreak\":0,\"Log\":[]}", "null", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Names_are_found_all_the_same_and_what_the_user_allows_is_open()
    {
        await using var sandbox = await StartAsync([TestEngine.Image("debian")], request => request with { AllowedAddresses = ["169.254.169.254", "fd00:ec2::254"] });

        var outcome = await Outcome.OfAsync(sandbox, """
            grep nameserver /etc/resolv.conf
            (exec 3<>"/dev/tcp/$(cat /proc/sys/kernel/hostname)/1") 2>&1 | grep -o 'refused' | head -n 1
            for address in 169.254.169.254 169.254.170.2; do (exec 3<>/dev/tcp/$address/1) 2>&1 | grep -c 'Network is unreachable'; done
            """, start => start.Argv[0] = "/bin/bash");

        Assert.Equal("nameserver 127.0.0.11\nrefused\n0\n2\n", outcome.Output);
    }

    [Fact]
    public async Task The_private_engine_does_not_reach_them_either()
    {
        await TestEngine.RequireNestedAsync();
        await using var sandbox = await StartAsync([TestEngine.Image("busybox")]);

        await sandbox.StartRemoteDockerAsync("default", Cancel);

        var (_, printed) = await Tool.RunAsync("docker", "exec", $"ringfence-{_runId}-job-1-0", "ip", "route", "get", "169.254.169.254");
        Assert.Contains("Network", printed, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("unreachable", printed, StringComparison.Ordinal);
    }

    private async Task<ISandbox> StartAsync(ContainerRequest[] containers, Func<SandboxRequest, SandboxRequest>? change = null)
    {
        var request = new SandboxRequest { Id = "job-1", RunId = _runId, Containers = [.. containers], AgentFolder = await StaticAgent.FolderAsync(), ScratchFolder = _scratch };
        return await TestEngine.Provider.StartAsync(change?.Invoke(request) ?? request, Take, Cancel);
    }

    private void Take(SandboxReport report)
    {
        if (report is SandboxReport.ServiceOutput output)
            _output[output.Container] = _output.GetValueOrDefault(output.Container, "") + System.Text.Encoding.UTF8.GetString(output.Data.Span);
        else
            _reports.Add(report);
        if (_output.Count == 3 && _output.Values.All(said => said.Contains("as ", StringComparison.Ordinal)))
            _allSaid.TrySetResult();
    }
}
