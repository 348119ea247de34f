using System.Runtime.Intrinsics;

namespace Ringfence.Gate.Matching;

/// <summary>
/// The bytes that the canonical view leaves out wherever they stand: controls and spaces (line wraps, letters apart, the zero bytes of UTF-16),
/// quotes and backslashes (shells, JSON). One byte decides for itself, so a value that stands in a text stands in its view too.
/// </summary>
internal static class Junk
{
    public static bool Is(byte b) => b <= 0x20 || b is (byte)'"' or (byte)'\'' or (byte)'\\' or 0x7F;

    /// <summary>All bits set in each byte that is left out.</summary>
    public static Vector128<byte> In(Vector128<byte> bytes) =>
        Vector128.LessThanOrEqual(bytes, Vector128.Create((byte)0x20))
        | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
        | Vector128.Equals(bytes, Vector128.Create((byte)'\''))
        | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
        | Vector128.Equals(bytes, Vector128.Create((byte)0x7F));

    /// <summary>The same for more at a time.</summary>
    public static Vector512<byte> In(Vector512<byte> bytes) =>
        Vector512.LessThanOrEqual(bytes, Vector512.Create((byte)0x20))
        | Vector512.Equals(bytes, Vector512.Create((byte)'"'))
        | Vector512.Equals(bytes, Vector512.Create((byte)'\''))
        | Vector512.Equals(bytes, Vector512.Create((byte)'\\'))
        | Vector512.Equals(bytes, Vector512.Create((byte)0x7F));
}
