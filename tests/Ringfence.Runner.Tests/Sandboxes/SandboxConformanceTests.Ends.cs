using Ringfence.Runner.Agents;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes;

public abstract partial class SandboxConformanceTests
{
    [Fact]
    public async Task Leaves_nothing_behind()
    {
        var sleep = Sleep();
        var sandbox = await StartAsync();
        using var process = await Outcome.StartAsync(sandbox, $"trap '' TERM; (setsid {sleep} &); echo ready; {sleep}");
        await Outcome.UntilAsync(process, "ready");

        await sandbox.DisposeAsync();
        await sandbox.DisposeAsync();

        await HostProcesses.NoneAsync(sleep);
        Assert.Empty(await TracesAsync(RunId));
        await sandbox.Agent.Ended.WaitAsync(Cancel);
        await Assert.ThrowsAsync<AgentLostException>(() => Outcome.OfAsync(process));
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_it_is_given_up_at_any_line_of_its_log()
    {
        var request = await ARequestAsync(Image("busybox"), Image("busybox") with { Command = ["sleep", "1000"] });
        for (var lines = 0; ; lines++)
        {
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            if (lines == 0)
                await giveUp.CancelAsync();
            var left = lines;
            if (await IsGivenUpAsync(request, report => GiveUp(report, ref left, giveUp), giveUp.Token))
                Assert.Empty(await TracesAsync(RunId));
            else
                break;
        }
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_it_is_given_up_at_any_time()
    {
        var request = await ARequestAsync(Image("busybox"), Image("busybox") with { Command = ["sleep", "1000"] });
        var began = TimeProvider.System.GetTimestamp();
        var sandbox = await StartAsync(request);
        var whole = TimeProvider.System.GetElapsedTime(began);
        await sandbox.DisposeAsync();

        foreach (var part in (double[])[0.2, 0.45, 0.7, 0.9])
            await GiveUpAsync(request, whole * part);
    }

    [Fact]
    public async Task Two_sandboxes_do_not_see_each_other()
    {
        var one = await StartAsync();
        var two = await StartAsync(await ARequestAsync() with { Id = "job-2", ScratchFolder = Directory.CreateDirectory(Path.Combine(_scratch, "job-2")).FullName });
        await Outcome.OfAsync(one, $"echo secret > {one.Agent.Hello.Temporary}/left-by-one");

        // Without a fence the files of one are only elsewhere, and not out of reach.
        Assert.Equal(IsFenced, (await Outcome.OfAsync(two, $"cat {one.Agent.Hello.Temporary}/left-by-one")).Code != 0);
    }

    private async Task GiveUpAsync(SandboxRequest request, TimeSpan after)
    {
        using var giveUp = new CancellationTokenSource(after, TimeProvider.System);
        await IsGivenUpAsync(request, _ => { }, giveUp.Token);

        Assert.Empty(await TracesAsync(RunId));
    }

    private static void GiveUp(SandboxReport report, ref int left, CancellationTokenSource giveUp)
    {
        if (report is SandboxReport.Line && --left == 0)
            giveUp.Cancel();
    }

    private async Task<bool> IsGivenUpAsync(SandboxRequest request, Action<SandboxReport> report, CancellationToken cancel)
    {
        try
        {
            await (await Provider.StartAsync(request, report, cancel)).DisposeAsync();
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
