namespace Ringfence.Gate.Forms;

/// <summary>What base32 makes of a value that stands anywhere in what is encoded: five characters stand for eight, so there are five alignments.</summary>
internal static class Base32Forms
{
    private const int Alignments = 5;
    private const int Bits = 5;

    public static IEnumerable<Form> Of(byte[] value)
    {
        for (var alignment = 0; alignment < Alignments; alignment++)
            yield return new Form("base32", Core(value, alignment));
        yield return new Form("base32", Encoded(value, 0, (8 * value.Length / Bits) + 1));
    }

    private static byte[] Core(byte[] value, int alignment)
    {
        var first = ((8 * alignment) + Bits - 1) / Bits;
        var end = 8 * (alignment + value.Length) / Bits;
        return Encoded(value, (first * Bits) - (8 * alignment), Math.Max(0, end - first));
    }

    private static byte[] Encoded(byte[] value, int firstBit, int count)
    {
        var text = new byte[count];
        for (var i = 0; i < count; i++)
        {
            var letter = 0;
            for (var bit = firstBit + (i * Bits); bit < firstBit + ((i + 1) * Bits); bit++)
                letter = (letter << 1) | (bit / 8 < value.Length ? value[bit / 8] >> (7 - (bit % 8)) & 1 : 0);
            text[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"u8[letter];
        }

        return text;
    }
}
