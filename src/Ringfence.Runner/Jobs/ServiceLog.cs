using System.Globalization;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Jobs;

/// <summary>The background step of one container beside the agent (EX-6.1, EX-9.4). What it prints before the step has begun is kept for it.</summary>
/// <param name="container">The container.</param>
internal sealed class ServiceLog(ContainerRequest container)
{
    private readonly StepFeed _feed = new();
    private Task? _step;
    private int? _exitCode;

    /// <summary>Whether the container has been heard of.</summary>
    public bool IsUsed => _feed.IsUsed;

    /// <summary>Takes output of the container.</summary>
    public void Take(ReadOnlyMemory<byte> output) => _feed.Take(output);

    /// <summary>The container has ended by itself, which does not matter to the job.</summary>
    public void TakeEnd(long exitCode)
    {
        // Seen by the step, since it reads this only after the feed has ended.
        _exitCode = (int)Math.Clamp(exitCode, int.MinValue, int.MaxValue);
        if (exitCode != 0)
            _feed.TakeLine(string.Create(CultureInfo.InvariantCulture, $"The container ended with exit code {exitCode}. The job goes on without it."));
        _feed.End();
    }

    /// <summary>Begins the step, once.</summary>
    public async Task BeginAsync(JobLog log)
    {
        if (_step is not null)
            return;
        var step = await log.BeginAsync($"Container {container.Name ?? container.Image}", "service", isBackground: true).ConfigureAwait(false);
        _step = FollowAsync(log, step);
    }

    /// <summary>Ends the step if the container has not. Safe twice, and when it has never begun.</summary>
    public Task EndAsync()
    {
        _feed.End();
        return _step ?? Task.CompletedTask;
    }

    private async Task FollowAsync(JobLog log, int step)
    {
        await _feed.PumpAsync(log, step).ConfigureAwait(false);
        await log.EndAsync(step, StepOutcome.Success, _exitCode).ConfigureAwait(false);
    }
}
