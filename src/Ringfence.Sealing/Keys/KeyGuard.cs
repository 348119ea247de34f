using Ringfence.Primitives;

namespace Ringfence.Sealing.Keys;

/// <summary>What guards a file of keys, beside its mode. A closed family.</summary>
public abstract record KeyGuard
{
    private KeyGuard()
    {
    }

    /// <summary>Nothing: the mode of the file is all there is.</summary>
    public static KeyGuard Nothing { get; } = new ModeOnly();

    /// <summary>A passphrase, or nothing when it is null.</summary>
    public static KeyGuard Of(SecretValue? passphrase) => passphrase is null ? Nothing : new Passphrase(passphrase);

    /// <summary>Nothing but the mode.</summary>
    public sealed record ModeOnly : KeyGuard;

    /// <summary>A passphrase that people know.</summary>
    /// <param name="Value">The passphrase, which the caller disposes.</param>
    public sealed record Passphrase(SecretValue Value) : KeyGuard;

    /// <summary>A key that lies in a keyring.</summary>
    /// <param name="Entry">Under which name; it stands in the file.</param>
    /// <param name="Key">The key as <see cref="KeyringKey"/> makes it, which the caller disposes.</param>
    public sealed record Keyring(string Entry, SecretValue Key) : KeyGuard;
}
