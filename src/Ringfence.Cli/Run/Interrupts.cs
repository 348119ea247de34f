namespace Ringfence.Cli.Run;

/// <summary>Counts how often a person asked for the end: once is to cancel kindly, twice is to end everything at once.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly IDisposable _signals;
    private readonly CancellationTokenRegistration _canceled;
    private Action? _wake;
    private int _count;

    /// <summary>Listens to the signals of the process and to the caller's token.</summary>
    public Interrupts(Surroundings surroundings, CancellationToken cancel)
    {
        _signals = surroundings.OnInterrupt(Take);
        _canceled = cancel.Register(Take);
    }

    /// <summary>How often.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Has something called at each interrupt, from any thread, until it is disposed.</summary>
    public IDisposable Register(Action wake)
    {
        _wake = wake;
        return new Registration(this);
    }

    /// <summary>As if a person had asked, unless one has.</summary>
    public void Cancel()
    {
        if (Interlocked.CompareExchange(ref _count, 1, 0) == 0)
            _wake?.Invoke();
    }

    public void Dispose()
    {
        _signals.Dispose();
        _canceled.Dispose();
    }

    private void Take()
    {
        Interlocked.Increment(ref _count);
        _wake?.Invoke();
    }

    private sealed class Registration(Interrupts of) : IDisposable
    {
        public void Dispose() => of._wake = null;
    }
}
