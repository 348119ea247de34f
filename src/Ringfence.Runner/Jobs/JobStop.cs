namespace Ringfence.Runner.Jobs;

/// <summary>How a running job is told to stop.</summary>
public sealed class JobStop : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly CancellationTokenSource _atOnce = new();

    /// <summary>Fires when the job is to stop.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Fires when it is to stop without any grace.</summary>
    public CancellationToken AtOnce => _atOnce.Token;

    /// <summary>How long its processes may take to end by themselves.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether it stops because it ran for too long (EX-6.22), rather than because someone canceled it.</summary>
    public bool IsTimeOut { get; private set; }

    /// <summary>Cancels the job (EX-6.21).</summary>
    public void Cancel() => _requested.Cancel();

    /// <summary>Stops the job because its time is over.</summary>
    public void TimeOut()
    {
        IsTimeOut = !_requested.IsCancellationRequested;
        _requested.Cancel();
    }

    /// <summary>Stops the job now.</summary>
    public void Kill()
    {
        _requested.Cancel();
        _atOnce.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _requested.Dispose();
        _atOnce.Dispose();
    }
}
