namespace Ringfence.Cli.Secrets;

/// <summary>The keys that answer a prompt. When a person asks the process to end, as by Ctrl-C, the wait for the next one ends at once.</summary>
internal sealed class PromptKeys : IDisposable
{
    private readonly Func<ConsoleKeyInfo> _readKey;
    private readonly IDisposable _signals;
    private readonly TaskCompletionSource<ConsoleKeyInfo> _interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PromptKeys(Func<ConsoleKeyInfo> readKey, Surroundings surroundings)
    {
        _readKey = readKey;
        _signals = surroundings.OnInterrupt(() => _interrupted.TrySetCanceled());
    }

    /// <summary>Waits for the next key.</summary>
    /// <exception cref="OperationCanceledException">The process is to end.</exception>
    // On another thread, since nothing ends the console's own wait. The runtime puts the terminal back when the process ends, also in the midst of one.
    public ConsoleKeyInfo Next() => Task.WhenAny(Task.Run(_readKey), _interrupted.Task).Unwrap().GetAwaiter().GetResult();

    public void Dispose() => _signals.Dispose();
}
