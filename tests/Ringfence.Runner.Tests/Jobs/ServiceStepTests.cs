using System.Text;
using Ringfence.Runner.Artifacts;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Checkout;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Runner.Tests.Jobs;

/// <summary>The background steps of service containers.</summary>
public sealed class ServiceStepTests : IDisposable
{
    private const string Work = "- run: {name: work, command: echo worked}";
    private static readonly ContainerRequest[] Containers = [new() { Image = "cimg/base:2026.01" }, new() { Image = "postgres:16" }, new() { Image = "redis:8", Name = "cache" }];

    private readonly string _folder = Directory.CreateTempSubdirectory("ringfence-services-").FullName;
    private readonly JobRecord _record = new();

    public void Dispose() => ScratchFolders.Remove(_folder);

    [Fact]
    [Rule("EX-6.1", "EX-9.4")]
    public async Task Each_service_has_a_step_of_its_own()
    {
        var services = await FenceAsync(new SandboxReport.Line("a line"), Output(2, "starting\n"), Output(3, "half a "));
        _record.On["work"] = async () =>
        {
            services.Report(Output(3, "line"));
            services.Report(new SandboxReport.ServiceEnded(3, 7));
            services.Report(Output(3, "after its end"));
            services.Report(Output(99, "nobody"));
            services.Report(Output(2, "ready\n"));
            await _record.UntilAsync("Container cache", e => e is JobEvent.Ended);
        };

        var result = await RunAsync(services, Containers);

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Equal(
            [
                "0 spin_up Spin up environment: Success",
                "1 environment Preparing environment variables: Success",
                "2 service Container postgres:16: Success",
                "3 service Container cache: Success 7",
                "4 run work: Success 0",
            ],
            _record.Steps);
        Assert.StartsWith("a line\n", _record.Log("Spin up environment"), StringComparison.Ordinal);
        Assert.DoesNotContain("starting", _record.Log("Spin up environment"), StringComparison.Ordinal);
        Assert.Equal("starting\nready\n", _record.Log("Container postgres:16"));
        Assert.Equal("half a line\nThe container ended with exit code 7. The job goes on without it.\n", _record.Log("Container cache"));
        _record.AssertOrdered();
    }

    [Fact]
    [Rule("EX-9.4")]
    public async Task What_comes_after_the_job_is_dropped()
    {
        var services = await FenceAsync();
        await RunAsync(services, Containers);
        var count = _record.Count;

        services.Report(Output(2, "late\n"));
        services.Report(new SandboxReport.ServiceEnded(3, 137));

        Assert.Equal(count, _record.Count);
        _record.AssertOrdered();
    }

    [Fact]
    [Rule("EX-9.4")]
    public async Task Shows_what_containers_said_when_the_sandbox_does_not_start()
    {
        var inner = new ProcessSandboxProvider(fenced: true, "");
        var services = new FakeServices(inner) { Early = [Output(1, "no such option\n"), new SandboxReport.ServiceEnded(1, 2)], Failure = new SandboxException("It has ended.", "Look why.", isFaultOfJob: true) };

        var result = await RunAsync(services, Containers);

        Assert.Equal((JobOutcome.Failed, 0), (result.Outcome, result.FailedStep));
        Assert.Equal(["0 spin_up Spin up environment: Failed", "1 service Container cimg/base:2026.01: Success 2"], _record.Steps);
        Assert.StartsWith("no such option\nThe container ended with exit code 2.", _record.Log("Container cimg/base:2026.01"), StringComparison.Ordinal);
        _record.AssertOrdered();
    }

    [Fact]
    [Rule("EX-6.21", "EX-9.4")]
    public async Task Ends_the_steps_of_services_also_when_the_job_is_canceled()
    {
        var services = await FenceAsync(Output(2, "here\n"));
        using var stop = new JobStop { Grace = TimeSpan.Zero };
        _record.On["work"] = () =>
        {
            stop.Cancel();
            return Task.CompletedTask;
        };

        var result = await RunAsync(services, Containers, stop);

        Assert.Equal(JobOutcome.Canceled, result.Outcome);
        Assert.Equal("here\n", _record.Log("Container postgres:16"));
        _record.AssertOrdered();
    }

    [Fact]
    public async Task Says_how_much_is_lost_of_a_flood()
    {
        var feed = new StepFeed();
        var part = Encoding.ASCII.GetBytes(new string('x', 1024 * 1024));
        for (var i = 0; i < 10; i++)
            feed.Take(part);
        feed.Take("the end\n"u8.ToArray());
        feed.End();
        feed.Take("never"u8.ToArray());
        var printed = new StringBuilder();

        await feed.PumpAsync(new JobLog(TimeProvider.System, Take), 5);

        var text = printed.ToString();
        Assert.Equal(7, text.Count(c => c == 'x') / part.Length);
        Assert.EndsWith("x\n[3145728 bytes are missing here: they came faster than the log could take them.]\nthe end\n", text, StringComparison.Ordinal);

        ValueTask Take(JobEvent happened)
        {
            printed.Append(Encoding.UTF8.GetString(Assert.IsType<JobEvent.Printed>(happened).Bytes.Span));
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    [Rule("EX-6.1", "EX-9.2", "EX-9.4")]
    public async Task Shows_what_real_containers_print()
    {
        await TestEngine.RequireAsync();
        var primary = TestEngine.Image("debian") with { Name = "primary", Entrypoint = ["sh", "-c"], Command = ["echo kept; sleep 1000"] };
        var ends = TestEngine.Image("busybox") with { Command = ["sh", "-c", "echo one; echo two >&2; exit 7"] };
        var stays = TestEngine.Image("busybox") with { Name = "stays", Command = ["sh", "-c", "echo ready; sleep 1000"] };
        _record.On["work"] = async () =>
        {
            await _record.UntilAsync("Container primary", e => e is JobEvent.Printed);
            await _record.UntilAsync("Container ringfence-test/busybox", e => e is JobEvent.Ended);
            await _record.UntilAsync("Container stays", e => e is JobEvent.Printed);
        };

        var result = await RunAsync(TestEngine.Provider, [primary, ends, stays]);

        Assert.Equal(JobOutcome.Success, result.Outcome);
        Assert.Equal(
            ["2 service Container primary: Success", "3 service Container ringfence-test/busybox: Success 7", "4 service Container stays: Success", "5 run work: Success 0"],
            _record.Steps.Skip(2));
        Assert.Equal("kept\n", _record.Log("Container primary"));
        Assert.Equal("ready\n", _record.Log("Container stays"));
        var log = _record.Log("Container ringfence-test/busybox");
        Assert.Contains("one\n", log, StringComparison.Ordinal);
        Assert.Contains("two\n", log, StringComparison.Ordinal);
        Assert.EndsWith("The container ended with exit code 7. The job goes on without it.\n", log, StringComparison.Ordinal);
        _record.AssertOrdered();
    }

    private static SandboxReport.ServiceOutput Output(int container, string text) => new(container, Encoding.UTF8.GetBytes(text));

    private static async Task<FakeServices> FenceAsync(params SandboxReport[] early)
    {
        var fence = new ProcessSandboxProvider(fenced: true, Environment.GetEnvironmentVariable("PATH") ?? "");
        var check = await fence.CheckAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(check.IsAvailable, check.Description);
        return new FakeServices(fence) { Early = early };
    }

    private async Task<JobResult> RunAsync(ISandboxProvider provider, ContainerRequest[] containers, JobStop? stop = null)
    {
        using var own = new JobStop();
        var runId = Guid.NewGuid().ToString("N")[..12];
        var scratch = ScratchFolders.Create(Path.Combine(_folder, "sandboxes"), runId);
        var stores = new LocalStores(Path.Combine(_folder, "stores"), TimeProvider.System, StoreLimits.Default);
        var source = new SourceSnapshot(Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName, "nothing");
        var surroundings = new JobSurroundings(stores, new ArtifactStore(Path.Combine(_folder, "run")), source, TimeProvider.System);
        var request = new SandboxRequest { Id = "job", RunId = runId, Containers = [.. containers], AgentFolder = await StaticAgent.FolderAsync(), ScratchFolder = scratch.Add("job") };

        var result = await new JobExecutor(provider, surroundings, _record.TakeAsync).RunAsync(JobTrial.Assignment(Work, ""), request, stop ?? own);
        scratch.RemoveAll();
        return result;
    }
}
