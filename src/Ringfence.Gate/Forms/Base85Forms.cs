using System.Buffers.Binary;

namespace Ringfence.Gate.Forms;

/// <summary>What ascii85 and base85 make of a value: four characters stand for five, each four for themselves.</summary>
internal static class Base85Forms
{
    private const int Group = 4;
    private const int Digits = 5;

    private static ReadOnlySpan<byte> Base85 => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"u8;

    public static IEnumerable<Form> Of(byte[] value)
    {
        for (var skipped = 0; skipped < Group; skipped++)
        {
            var groups = Math.Max(0, value.Length - skipped) / Group;
            yield return new Form("ascii85", Encoded(value.AsSpan(skipped, groups * Group), isAscii85: true));
            yield return new Form("base85", Encoded(value.AsSpan(skipped, groups * Group), isAscii85: false));
        }
    }

    private static byte[] Encoded(ReadOnlySpan<byte> value, bool isAscii85)
    {
        var text = new byte[value.Length / Group * Digits];
        for (var i = 0; i < value.Length / Group; i++)
        {
            var rest = BinaryPrimitives.ReadUInt32BigEndian(value[(i * Group)..]);
            for (var digit = Digits - 1; digit >= 0; digit--, rest /= 85)
                text[(i * Digits) + digit] = isAscii85 ? (byte)('!' + (rest % 85)) : Base85[(int)(rest % 85)];
        }

        return text;
    }
}
