using System.Text;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Reads what an engine in a container prints until it says that it listens. Nothing has to be started in its container for that, which not every host allows.</summary>
internal sealed class EngineOutput(string image, int port)
{
    private const int MostKept = 8 * 1024;

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _last = new();

    /// <summary>Completes when the engine can be used; fails when it has ended instead.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Takes what the container does. It MUST be called by one thread at a time.</summary>
    public void Take(SandboxReport report)
    {
        if (report is SandboxReport.ServiceEnded { ExitCode: var code })
            _ready.TrySetException(new SandboxException($"The job's container engine ({image}) ended with code {code} instead of starting: {LastLine()}", "This host may not allow an engine in a container."));
        if (report is not SandboxReport.ServiceOutput output || Ready.IsCompleted)
            return;

        _last.Append(Encoding.UTF8.GetString(output.Data.Span));
        if (_last.Length > MostKept)
            _last.Remove(0, _last.Length - MostKept);
        if (Lines().Any(line => line.Contains("API listen on", StringComparison.Ordinal) && line.Contains($":{port}", StringComparison.Ordinal)))
            _ready.TrySetResult();
    }

    private string LastLine() => Lines().LastOrDefault("it printed nothing");

    private string[] Lines() => _last.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
