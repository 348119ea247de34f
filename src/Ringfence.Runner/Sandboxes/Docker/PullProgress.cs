using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Adds up what the engine says about the layers of one image, and keeps the failure that it says at the end.</summary>
internal sealed class PullProgress(string image, Action<SandboxReport> report) : IProgress<JSONMessage>
{
    private const int MostLayers = 1000;

    private readonly Dictionary<string, (long Arrived, long Total)> _layers = new(StringComparer.Ordinal);
    private (long Arrived, long Total) _said;

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Failure { get; private set; }

    public void Report(JSONMessage value)
    {
        if (value.Error?.Message is { } failure)
            Failure = failure;
        if (value is { ID: { Length: > 0 } layer, Status: "Downloading" or "Download complete" })
            Take(layer, value.Progress, value.Status == "Download complete");
    }

    private void Take(string layer, JSONProgress? progress, bool isComplete)
    {
        var (arrived, total) = _layers.GetValueOrDefault(layer);
        if (isComplete)
            arrived = total;
        else
            (arrived, total) = (Math.Max(arrived, progress?.Current ?? 0), Math.Max(total, progress?.Total ?? 0));
        if (_layers.Count >= MostLayers)
            return;
        _layers[layer] = (arrived, Math.Max(arrived, total));

        var sum = (Arrived: _layers.Values.Sum(l => l.Arrived), Total: _layers.Values.Sum(l => l.Total));
        if (sum == _said)
            return;
        _said = sum;
        report(new SandboxReport.Pulling(image, sum.Arrived, sum.Total));
    }
}
