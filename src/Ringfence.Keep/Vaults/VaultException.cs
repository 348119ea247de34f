namespace Ringfence.Keep.Vaults;

/// <summary>What is stored cannot be read or written, or is not what the keep recorded.</summary>
public sealed class VaultException : Exception
{
    /// <summary>Makes one.</summary>
    public VaultException(string message, bool isTampered = false)
        : base(message) => IsTampered = isTampered;

    /// <summary>Makes one with its cause.</summary>
    public VaultException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Whether somebody has changed it behind the keep's back.</summary>
    public bool IsTampered { get; }
}
