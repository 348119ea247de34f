using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ringfence.Primitives;

/// <summary>The SHA-256 of some bytes, shown as <c>sha256:</c> and 64 lower-case hex digits. It names content; it does not protect it.</summary>
/// <remarks><c>default</c> is the digest of nothing at all and is not equal to any that was computed.</remarks>
public readonly record struct Digest
{
    private const string Prefix = "sha256:";

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private Digest(ReadOnlySpan<byte> hash)
    {
        _high = BinaryPrimitives.ReadUInt128BigEndian(hash);
        _low = BinaryPrimitives.ReadUInt128BigEndian(hash[16..]);
    }

    /// <summary>The digest of these bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return new Digest(hash);
    }

    /// <summary>Reads the one form that <see cref="ToString"/> writes; upper-case digits and other algorithms are refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        var digits = text.AsSpan(Prefix.Length);
        if (digits.Length != 2 * SHA256.HashSizeInBytes || !IsLowerHex(digits))
            return false;

        digest = new Digest(Convert.FromHexString(digits));
        return true;
    }

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException("Not a digest: expected 'sha256:' and 64 lower-case hex digits.");

    /// <summary>The 64 hex digits without the name of the algorithm.</summary>
    public string Hex => $"{_high:x32}{_low:x32}";

    /// <summary>Such as <c>sha256:e3b0…</c>.</summary>
    public override string ToString() => Prefix + Hex;

    private static bool IsLowerHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
                return false;
        }

        return true;
    }
}
