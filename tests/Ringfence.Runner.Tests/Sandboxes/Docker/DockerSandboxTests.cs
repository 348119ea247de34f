using System.Collections.Concurrent;
using System.Text;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes.Docker;

/// <summary>What only containers do.</summary>
public sealed class DockerSandboxTests : IAsyncLifetime
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("ringfence-docker-").FullName;
    private readonly ConcurrentQueue<SandboxReport> _reports = [];
    private readonly ConcurrentDictionary<int, string> _output = new();
    private readonly List<ISandbox> _started = [];
    private readonly string _runId = Guid.NewGuid().ToString("N")[..12];
    private TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await TestEngine.RequireAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var sandbox in _started)
            await sandbox.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
        Assert.Empty(await EngineTraces.OfRunAsync(_runId));
    }

    [Fact]
    [Rule("EX-9.1", "EX-9.3")]
    public async Task All_containers_reach_each_other_at_localhost_and_by_their_names()
    {
        var web = TestEngine.Image("busybox") with { Name = "web", Command = ["httpd", "-f", "-p", "8080", "-h", "/etc"] };
        var caller = TestEngine.Image("busybox") with { Command = ["sh", "-c", "until wget -qO- http://web:8080/group; do sleep 0.1; done; sleep 1000"] };
        var sandbox = await StartAsync(TestEngine.Image("busybox"), web, caller);

        var outcome = await Outcome.OfAsync(sandbox, "until wget -qO- http://localhost:8080/group; do sleep 0.1; done 2>/dev/null; wget -qO- http://web:8080/group");

        Assert.Equal("root:x:0:\nci:x:1000:\nroot:x:0:\nci:x:1000:\n", outcome.Output);
        await UntilAsync(() => _output.GetValueOrDefault(3, "").Contains("ci:x:1000", StringComparison.Ordinal));
    }

    [Fact]
    [Rule("EX-9.3", "EX-9.4", "EX-8.1", "EX-8.2")]
    public async Task A_service_has_its_own_variables_and_may_end()
    {
        var service = TestEngine.Image("busybox") with { Entrypoint = ["/bin/sh", "-c"], Command = ["env; echo problem >&2; exit 7"], Environment = [("OWN", "a=b c")] };
        var sandbox = await StartAsync(TestEngine.Image("busybox"), service);

        await UntilAsync(() => _reports.OfType<SandboxReport.ServiceEnded>().Any());

        Assert.Equal(new SandboxReport.ServiceEnded(2, 7), Assert.Single(_reports.OfType<SandboxReport.ServiceEnded>()));
        Assert.Contains("OWN=a=b c\n", _output[2], StringComparison.Ordinal);
        Assert.Contains("problem\n", _output[2], StringComparison.Ordinal);
        Assert.Equal("alive\n", (await Outcome.OfAsync(sandbox, "echo alive")).Output);
        Assert.DoesNotContain("OWN", sandbox.Agent.Hello.Environment.Keys);
    }

    [Fact]
    [Rule("EX-9.2", "EX-8.1")]
    public async Task An_image_can_keep_its_entrypoint()
    {
        var sandbox = await StartAsync(TestEngine.Image("keeps") with { Environment = [("OWN", "for the process"), ("SHARED", "for the process")] });

        await UntilAsync(() => _output.GetValueOrDefault(1, "") == "kept for the process\n");

        // It prints before it becomes the program that stays.
        Assert.Equal("sleep 100000\n", (await Outcome.OfAsync(sandbox, "until grep -q ^sleep /proc/1/cmdline; do :; done; tr '\\0' ' ' < /proc/1/cmdline | sed 's/ $/\\n/'")).Output);
        Assert.DoesNotContain("OWN", sandbox.Agent.Hello.Environment.Keys);
        Assert.Equal("of-image", sandbox.Agent.Hello.Environment["SHARED"]);
    }

    [Fact]
    [Rule("EX-9.2", "EX-9.8")]
    public async Task A_config_can_name_the_process_and_the_user_of_the_primary_container()
    {
        var sandbox = await StartAsync(TestEngine.Image("busybox") with { Entrypoint = ["sleep"], Command = ["100000"], User = "ci" });

        Assert.Equal("1000\n", (await Outcome.OfAsync(sandbox, "id -u")).Output);
        Assert.Equal("/home/ci", sandbox.Agent.Hello.Home);
    }

    [Fact]
    [Rule("EX-9.2")]
    public async Task Otherwise_the_process_of_the_image_is_not_started()
    {
        var sandbox = await StartAsync(TestEngine.Image("busybox") with { User = "ci", Environment = [("OWN", "1")] });

        Assert.Equal(("ci", 1000u), (sandbox.Agent.Hello.User, sandbox.Agent.Hello.Uid));
        Assert.Equal("yes", sandbox.Agent.Hello.Environment["OF_IMAGE"]);
        Assert.DoesNotContain("OWN", sandbox.Agent.Hello.Environment.Keys);
        Assert.Contains("ringfence-agent", (await Outcome.OfAsync(sandbox, "cat /proc/1/cmdline")).Output, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-9.2")]
    public async Task Says_when_a_kept_process_ends_at_once()
    {
        var failure = await FailsAsync(TestEngine.Image("busybox") with { Command = ["true"] });

        Assert.True(failure.IsFaultOfJob);
        Assert.Contains("must run as long as the job", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-9.3")]
    public async Task Says_when_the_program_of_a_service_is_not_there()
    {
        var failure = await FailsAsync(TestEngine.Image("busybox"), TestEngine.Image("busybox") with { Command = ["no-such-program"] });

        Assert.True(failure.IsFaultOfJob);
        Assert.Contains("no-such-program", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Rule("EX-9.7")]
    [InlineData("not an image")]
    [InlineData("localhost:1/nobody/listens:1")]
    public async Task Says_when_an_image_cannot_be_had(string image)
    {
        var failure = await FailsAsync(new ContainerRequest { Image = image });

        Assert.Contains(image, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Hint);
    }

    [Fact]
    [Rule("EX-6.1")]
    public async Task Says_what_it_starts()
    {
        await StartAsync(TestEngine.Image("busybox"));

        var lines = _reports.OfType<SandboxReport.Line>().Select(line => line.Text).ToList();
        Assert.Equal("Starting container ringfence-test/busybox", lines[0]);
        Assert.StartsWith("  using image ringfence-test/busybox@sha256:", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-9.6")]
    public async Task Has_a_disk_in_memory()
    {
        var sandbox = await StartAsync(TestEngine.Image("debian"));

        Assert.Equal("tmpfs\nran\n", (await Outcome.OfAsync(sandbox, "stat -f -c %T /mnt/ramdisk; echo 'echo ran' > /mnt/ramdisk/x; chmod +x /mnt/ramdisk/x; /mnt/ramdisk/x")).Output);
    }

    [Fact]
    [Rule("EX-9.6", "EX-9.16")]
    public async Task Kills_what_takes_more_memory_than_there_is_with_137()
    {
        var sandbox = await StartAsync(await ARequestAsync(TestEngine.Image("busybox")) with { MemoryBytes = 128 * 1024 * 1024, Processors = 0.5 });

        Assert.Equal(137, (await Outcome.OfAsync(sandbox, "head -c 400000000 /dev/zero | tail -c 300000000 > /dev/null")).Code);
        Assert.Equal("alive\n", (await Outcome.OfAsync(sandbox, "echo alive")).Output);
    }

    [Fact]
    [Rule("EX-9.8")]
    public async Task A_job_has_no_rights_over_the_host()
    {
        var sandbox = await StartAsync(TestEngine.Image("busybox"));

        var outcome = await Outcome.OfAsync(sandbox, "mount -t tmpfs none /mnt 2>/dev/null && echo mounted; touch /opt/ringfence/x 2>/dev/null && echo wrote; ls -d /var/run/docker.sock /run/docker.sock 2>/dev/null; ls /opt/ringfence");

        Assert.Equal("circleci\ncircleci-agent\nringfence-agent\nringfence-mask\n", outcome.Output);
        Assert.Equal("/opt/ringfence", sandbox.Agent.Hello.ToolFolder);
    }

    private async Task<SandboxRequest> ARequestAsync(params ContainerRequest[] containers) => new()
    {
        Id = "build-1",
        RunId = _runId,
        Containers = [.. containers],
        AgentFolder = await StaticAgent.FolderAsync(),
        ScratchFolder = _scratch,
    };

    private async Task<ISandbox> StartAsync(params ContainerRequest[] containers) => await StartAsync(await ARequestAsync(containers));

    private async Task<ISandbox> StartAsync(SandboxRequest request)
    {
        var sandbox = await TestEngine.Provider.StartAsync(request, Take, Cancel);
        _started.Add(sandbox);
        return sandbox;
    }

    private async Task<SandboxException> FailsAsync(params ContainerRequest[] containers)
    {
        var request = await ARequestAsync(containers);
        var failure = await Assert.ThrowsAsync<SandboxException>(() => TestEngine.Provider.StartAsync(request, Take, Cancel));
        Assert.Empty(await EngineTraces.OfRunAsync(_runId));
        return failure;
    }

    private void Take(SandboxReport report)
    {
        if (report is SandboxReport.ServiceOutput output)
            _output.AddOrUpdate(output.Container, _ => Encoding.UTF8.GetString(output.Data.Span), (_, before) => before + Encoding.UTF8.GetString(output.Data.Span));
        else
            _reports.Enqueue(report);
        Interlocked.Exchange(ref _reported, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private async Task UntilAsync(Func<bool> happened)
    {
        while (true)
        {
            var next = Volatile.Read(ref _reported).Task;
            if (happened())
                return;
            await next.WaitAsync(Patience.End, TimeProvider.System, Cancel);
        }
    }
}
