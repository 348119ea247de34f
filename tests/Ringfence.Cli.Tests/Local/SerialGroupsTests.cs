using Ringfence.Cli.Local;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Sandboxes;
using Ringfence.Workflows;
using Ringfence.Workflows.Serial;

namespace Ringfence.Cli.Tests.Local;

/// <summary>Serial groups between processes of one machine.</summary>
public sealed class SerialGroupsTests : IDisposable
{
    private const string Key = "gh/acme/deploy";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-serial-");
    private readonly FakeClock _clock = new() { Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) };
    private readonly ProcessOwner _dead = new(int.MaxValue, "1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Rule("EX-3.15", "EX-3.16")]
    public async Task Let_one_in_and_the_next_when_it_goes()
    {
        var (here, there) = (Groups(ProcessOwner.OfThisProcess()), Groups(ProcessOwner.OfThisProcess()));
        var (first, second, third) = (Ticket("app", 3), Ticket("app", 5), Ticket("other", 1));

        Assert.IsType<SerialDecision.Granted>(Assert.Single((await here.RequestAsync(Key, first, Cancel)).Decisions));
        Assert.Equal(1, Assert.IsType<SerialDecision.Waits>(Assert.Single((await there.RequestAsync(Key, second, Cancel)).Decisions)).Place);
        Assert.Equal(2, Assert.IsType<SerialDecision.Waits>(Assert.Single((await there.RequestAsync(Key, third, Cancel)).Decisions)).Place);
        Assert.IsType<SerialDecision.Refused>(Assert.Single((await here.RequestAsync(Key, Ticket("app", 4), Cancel)).Decisions));
        Assert.IsType<SerialDecision.Granted>(Assert.Single((await here.RequestAsync("another", Ticket("app", 4), Cancel)).Decisions));

        await here.ReleaseAsync(Key, first.Workflow, first.Job, Cancel);
        Assert.Equal(second, (await there.LookAsync(Cancel)).HolderOf(Key));
        await there.ReleaseAsync(Key, second.Workflow, second.Job, Cancel);
        await there.ReleaseAsync(Key, third.Workflow, third.Job, Cancel);
        Assert.Null((await here.LookAsync(Cancel)).HolderOf(Key));
    }

    [Fact]
    [Rule("EX-3.18")]
    public async Task Do_not_stay_with_a_process_that_died()
    {
        var (dead, here) = (Groups(_dead), Groups(ProcessOwner.OfThisProcess()));
        await dead.RequestAsync(Key, Ticket("app", 1), Cancel);
        var waiting = Ticket("app", 2);

        Assert.IsType<SerialDecision.Granted>(Assert.Single((await here.RequestAsync(Key, waiting, Cancel)).Decisions));
        await dead.RequestAsync(Key, Ticket("app", 3), Cancel);
        Assert.Empty((await here.LookAsync(Cancel)).WaitingFor(Key));
        Assert.Equal(waiting, (await here.LookAsync(Cancel)).HolderOf(Key));
    }

    [Fact]
    [Rule("EX-3.17")]
    public async Task Are_waited_for_five_hours()
    {
        var here = Groups(ProcessOwner.OfThisProcess());
        var (holder, waiting) = (Ticket("app", 1), Ticket("app", 2));
        await here.RequestAsync(Key, holder, Cancel);
        await here.RequestAsync(Key, waiting, Cancel);

        _clock.Now += TimeSpan.FromHours(5) - TimeSpan.FromSeconds(1);
        Assert.Equal([waiting], (await here.LookAsync(Cancel)).WaitingFor(Key));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Empty((await here.LookAsync(Cancel)).WaitingFor(Key));
        Assert.Equal(holder, (await here.LookAsync(Cancel)).HolderOf(Key));
    }

    [Fact]
    public async Task Let_nobody_in_when_the_file_is_damaged()
    {
        var here = Groups(ProcessOwner.OfThisProcess());
        await here.RequestAsync(Key, Ticket("app", 1), Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "serial.json"), "{\"locks\": [", Cancel);

        var e = await Assert.ThrowsAsync<StoreException>(() => here.RequestAsync(Key, Ticket("app", 2), Cancel));

        Assert.Contains("remove it when no run goes on", e.Message, StringComparison.Ordinal);
    }

    private SerialGroups Groups(ProcessOwner owner) => new(_folder.FullName, owner, _clock);

    private static SerialTicket Ticket(string project, long pipeline) => new(new WorkflowId(Guid.NewGuid()), new JobId(Guid.NewGuid()), project, pipeline);
}
