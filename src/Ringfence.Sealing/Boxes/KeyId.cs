using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Ringfence.Sealing.Boxes;

/// <summary>The first eight bytes of the SHA-256 of a public key: enough to say which key is meant, not to prove it.</summary>
/// <param name="Value">The bytes as a number.</param>
public readonly record struct KeyId(ulong Value)
{
    /// <summary>Bytes of an id.</summary>
    public const int Length = sizeof(ulong);

    /// <summary>The id of a public key.</summary>
    public static KeyId Of(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(publicKey, hash);
        return Read(hash);
    }

    /// <summary>Sixteen hex digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    internal byte[] Bytes
    {
        get
        {
            var bytes = new byte[Length];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Value);
            return bytes;
        }
    }

    internal static KeyId Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes));
}
