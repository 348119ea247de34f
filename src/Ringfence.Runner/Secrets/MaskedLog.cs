using System.Buffers;
using Ringfence.Gate;
using Ringfence.Gate.Logs;
using Ringfence.Runner.Jobs;

namespace Ringfence.Runner.Secrets;

/// <summary>The log of one step on its way out of the job. What is held back because it may begin a secret goes out soon, also when the step says nothing more.</summary>
internal sealed class MaskedLog : IDisposable
{
    private static readonly TimeSpan LongestHeld = TimeSpan.FromMilliseconds(40);

    private readonly int _step;
    private readonly Func<JobEvent, ValueTask> _report;
    private readonly LogMask _mask;
    private readonly ITimer _timer;

    // Not disposed: who has waited for the end of the log, to be told that it is over, still gives it back.
    private readonly SemaphoreSlim _one = new(1);
    private bool _isOver;

    public MaskedLog(int step, SecretMatcher matcher, TimeProvider clock, Func<JobEvent, ValueTask> report)
    {
        (_step, _report, _mask) = (step, report, new LogMask(matcher));
        _timer = clock.CreateTimer(_ => _ = ReleaseAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What was caught so far.</summary>
    public IReadOnlyList<Caught> Caught => _mask.Caught;

    /// <summary>Passes on what may go.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            var output = new ArrayBufferWriter<byte>(Math.Max(bytes.Length, 16));
            _mask.Write(bytes.Span, output);
            await SendAsync(output).ConfigureAwait(false);
            _timer.Change(_mask.IsHolding ? LongestHeld : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Looks for other values from now on; without effect once the log is over.</summary>
    public async ValueTask SwitchAsync(SecretMatcher matcher)
    {
        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_isOver)
                _mask.Switch(matcher);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Passes on the rest.</summary>
    public async ValueTask CompleteAsync()
    {
        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            _isOver = true;
            var output = new ArrayBufferWriter<byte>();
            _mask.Complete(output);
            await SendAsync(output).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _mask.Dispose();
    }

    private async Task ReleaseAsync()
    {
        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isOver)
                return;
            var output = new ArrayBufferWriter<byte>();
            _mask.Release(output);
            await SendAsync(output).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private ValueTask SendAsync(ArrayBufferWriter<byte> output) => output.WrittenCount == 0 ? ValueTask.CompletedTask : _report(new JobEvent.Printed(_step, output.WrittenMemory));
}
