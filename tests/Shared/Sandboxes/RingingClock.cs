using System.Collections.Concurrent;

namespace Ringfence.Tests.Shared;

/// <summary>The time of this machine, but timers that are set for one certain duration go off when the test says so, since only it knows when what they are to interrupt has begun.</summary>
/// <param name="duration">How long those timers are set for; nothing else may be.</param>
internal sealed class RingingClock(TimeSpan duration) : TimeProvider
{
    private readonly ConcurrentQueue<Action> _timers = [];

    /// <summary>Lets them go off.</summary>
    public void Ring()
    {
        foreach (var goOff in _timers)
            goOff();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == duration)
            _timers.Enqueue(() => callback(state));
        return base.CreateTimer(callback, state, dueTime, period);
    }
}
