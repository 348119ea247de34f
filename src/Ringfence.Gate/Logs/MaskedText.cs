using System.Buffers;
using System.Text;

namespace Ringfence.Gate.Logs;

/// <summary>Masks short texts that are no stream: names that stand in a record, or in an event.</summary>
public static class MaskedText
{
    /// <summary>The text with every form of every secret replaced, as in a log.</summary>
    public static string Of(SecretMatcher matcher, string text)
    {
        ArgumentNullException.ThrowIfNull(matcher);
        ArgumentNullException.ThrowIfNull(text);
        if (matcher.IsEmpty || text.Length == 0)
            return text;
        using var mask = new LogMask(matcher);
        var output = new ArrayBufferWriter<byte>();
        mask.Write(Encoding.UTF8.GetBytes(text), output);
        mask.Complete(output);
        return mask.CaughtCount == 0 ? text : Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
