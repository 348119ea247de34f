namespace Ringfence.Keep.Asking;

/// <summary>The keep cannot be asked: it does not start, cannot open its keys, or has gone. Nothing runs without its secrets then (T22).</summary>
public sealed class KeepException : Exception
{
    /// <summary>Makes one.</summary>
    public KeepException(string message, bool wantsPassphrase = false)
        : base(message) => WantsPassphrase = wantsPassphrase;

    /// <summary>Makes one with its cause.</summary>
    public KeepException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Whether the right passphrase would help.</summary>
    public bool WantsPassphrase { get; }
}
