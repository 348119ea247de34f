namespace Ringfence.Bench;

/// <summary>The quickest of several runs, and the bytes that one run takes.</summary>
internal sealed class Measurement
{
    public TimeSpan Time { get; private set; } = TimeSpan.MaxValue;

    public long Bytes { get; private set; }

    /// <summary>Runs once more and keeps the quicker time: what else the machine does only ever adds to it.</summary>
    public void Run(Func<object?> work)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = ThreadClock.Now();
        GC.KeepAlive(work());
        var time = ThreadClock.Now() - start;
        Bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Time = time < Time ? time : Time;
    }
}
