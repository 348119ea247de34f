using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Tests.Sandboxes.Parts;

/// <summary>One sandbox for those tests of a class that leave it as it was; to start one for each would take most of their time.</summary>
public sealed class SharedSandbox : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _scratch = Directory.CreateTempSubdirectory("ringfence-shared-").FullName;
    private ISandbox? _started;

    /// <summary>The sandbox, started by the first that asks.</summary>
    public async Task<ISandbox> GetAsync(Func<string, Task<ISandbox>> start)
    {
        await _turn.WaitAsync();
        try
        {
            return _started ??= await start(_scratch);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is not null)
            await _started.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
        _turn.Dispose();
    }
}
