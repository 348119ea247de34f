using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Primitives;

/// <summary>
/// A secret in clear text that cannot be printed, serialised or compared by accident. It is not encrypted: whoever reads this process's memory can read it.
/// </summary>
/// <remarks>
/// Immutable until disposed; reading is safe from several threads. Disposing twice is safe; disposing MUST NOT overlap with reading.
/// It has no public properties on purpose: whatever walks properties finds nothing. A test holds it to that.
/// </remarks>
[DebuggerDisplay(Shown)]
[JsonConverter(typeof(RefusesJson))]
public sealed class SecretValue : IDisposable
{
    private const string Shown = "[secret]";

    // Pinned, so that the collector leaves no second copy behind when it compacts.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _utf8;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private bool _disposed;

    /// <summary>Copies the bytes. The caller still owns the original and SHOULD zero it.</summary>
    public SecretValue(ReadOnlySpan<byte> utf8)
    {
        _utf8 = GC.AllocateUninitializedArray<byte>(utf8.Length, pinned: true);
        utf8.CopyTo(_utf8);
    }

    /// <summary>Copies the text as UTF-8. Prefer bytes: a string in memory cannot be zeroed.</summary>
    public SecretValue(ReadOnlySpan<char> text)
    {
        _utf8 = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(text), pinned: true);
        Encoding.UTF8.GetBytes(text, _utf8);
    }

    /// <summary>The clear bytes, valid until this is disposed. Banned outside projects marked MayRevealSecrets.</summary>
    public ReadOnlySpan<byte> Reveal()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _utf8;
    }

    /// <summary>The clear text, as a string that nothing can zero. Banned outside projects marked MayRevealSecrets.</summary>
    public string RevealString()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Encoding.UTF8.GetString(_utf8);
    }

    /// <summary>Compares in a time that depends on the lengths only.</summary>
    public bool FixedTimeEquals(SecretValue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ObjectDisposedException.ThrowIf(_disposed, this);
        ObjectDisposedException.ThrowIf(other._disposed, other);
        return CryptographicOperations.FixedTimeEquals(_utf8, other._utf8);
    }

    /// <summary>Always <c>[secret]</c>.</summary>
    public override string ToString() => Shown;

    /// <summary>Zeroes the bytes.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_utf8);
    }

    // Private, so that the JSON source generator refuses to compile a type that holds a secret. Keep it private.
    private sealed class RefusesJson : JsonConverter<SecretValue>
    {
        public override SecretValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is not read from JSON.");

        public override void Write(Utf8JsonWriter writer, SecretValue value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is not written to JSON.");
    }
}
