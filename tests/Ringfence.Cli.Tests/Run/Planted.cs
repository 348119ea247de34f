using System.Text;

namespace Ringfence.Cli.Tests.Run;

/// <summary>A value that is planted to be searched for afterwards, by a search that shares nothing with the gate.</summary>
internal static class Planted
{
    public const string Value = "Pl4nted+Secret/With%Signs-42";

    private static readonly byte[][] Forms = [.. FormsOf(Encoding.UTF8.GetBytes(Value)).SelectMany(form => (byte[][])[Encoding.Latin1.GetBytes(form), Encoding.Unicode.GetBytes(form)])];

    /// <summary>Whether it is there in one of its usual forms.</summary>
    public static bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var form in Forms)
        {
            if (bytes.IndexOf(form) >= 0)
                return true;
        }

        return false;
    }

    private static IEnumerable<string> FormsOf(byte[] value) =>
    [
        Value, Uri.EscapeDataString(Value), Convert.ToHexString(value), Convert.ToHexStringLower(value), string.Concat(Value.Reverse()),
        .. Enumerable.Range(0, 3).Select(shift => Convert.ToBase64String([.. new byte[shift], .. value]).TrimEnd('=')[4..^4]),
    ];
}
