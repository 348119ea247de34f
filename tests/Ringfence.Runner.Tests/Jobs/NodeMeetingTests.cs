using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Tests.Jobs;

[Rule("EX-7.60")]
public sealed class NodeMeetingTests
{
    private readonly NodeMeeting _meeting = new(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waits_until_the_last_of_the_others_has_come()
    {
        var waiting = _meeting.OthersReachAsync(1, Cancel);

        _meeting.Reach(2, 1, isWell: true);
        Assert.False(waiting.IsCompleted);
        _meeting.Reach(1, 1, isWell: true);

        Assert.True(await waiting);
        Assert.False(_meeting.OthersReachAsync(2, Cancel).IsCompleted);
    }

    [Fact]
    public async Task Does_not_wait_for_who_is_over()
    {
        _meeting.End(1, isWell: true);
        var waiting = _meeting.OthersReachAsync(2, Cancel);
        _meeting.Reach(2, 2, isWell: true);

        Assert.True(await waiting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ends_as_soon_as_one_has_failed(bool isOver)
    {
        var waiting = _meeting.OthersReachAsync(1, Cancel);
        if (isOver)
            _meeting.End(1, isWell: false);
        else
            _meeting.Reach(1, 1, isWell: false);

        Assert.False(await waiting);
        Assert.False(await _meeting.OthersReachAsync(1, Cancel));
    }

    [Fact]
    public async Task Ends_when_it_is_canceled()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _meeting.OthersReachAsync(1, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
