using System.Buffers;
using System.Text;
using Ringfence.Gate.Logs;
using Ringfence.Primitives;

namespace Ringfence.Gate.Tests;

/// <summary>Short ways to mask a text.</summary>
internal static class Masking
{
    public static SecretMatcher Matcher(params string[] values) =>
        SecretMatcher.Build(values.Select((value, index) => new GateSecret($"SECRET_{index + 1}", new SecretValue(value))));

    public static string Mask(string text, params string[] values)
    {
        using var matcher = Matcher(values);
        return Text(Mask(matcher, [Bytes(text)]));
    }

    /// <summary>All pieces one after the other, then the end.</summary>
    public static byte[] Mask(SecretMatcher matcher, IEnumerable<byte[]> pieces)
    {
        using var mask = new LogMask(matcher);
        var output = new ArrayBufferWriter<byte>();
        foreach (var piece in pieces)
            mask.Write(piece, output);
        mask.Complete(output);
        return output.WrittenSpan.ToArray();
    }

    public static long Count(SecretMatcher matcher, byte[] text)
    {
        using var mask = new LogMask(matcher);
        var output = new ArrayBufferWriter<byte>();
        mask.Write(text, output);
        mask.Complete(output);
        return mask.CaughtCount;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
