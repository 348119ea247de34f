using System.Buffers.Binary;
using System.Text;

namespace Ringfence.Sealing.Ssh;

/// <summary>Reads the fields of SSH's binary formats (RFC 4251, §5). What is not there reads as empty, and is noticed at the end by <see cref="IsBroken"/>.</summary>
internal ref struct SshWire(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether a field did not fit.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public uint Number()
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out var number))
        {
            IsBroken = true;
            return 0;
        }

        _rest = _rest[sizeof(uint)..];
        return number;
    }

    public ReadOnlySpan<byte> Field()
    {
        var length = Number();
        if (IsBroken || length > (uint)_rest.Length)
        {
            IsBroken = true;
            return [];
        }

        var field = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return field;
    }

    public string Text() => Encoding.ASCII.GetString(Field());

    /// <summary>Writes fields one after the other.</summary>
    public static void Write(MemoryStream target, ReadOnlySpan<byte> field)
    {
        WriteNumber(target, (uint)field.Length);
        target.Write(field);
    }

    public static void Write(MemoryStream target, string text) => Write(target, Encoding.ASCII.GetBytes(text));

    public static void WriteNumber(MemoryStream target, uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        target.Write(bytes);
    }

    /// <summary>Writes a positive number of any length (mpint): without leading zeros, but with one where the first bit is set.</summary>
    public static void WriteInteger(MemoryStream target, ReadOnlySpan<byte> number)
    {
        number = number.TrimStart((byte)0);
        var sign = number is [>= 0x80, ..] ? 1 : 0;
        WriteNumber(target, (uint)(number.Length + sign));
        if (sign > 0)
            target.WriteByte(0);
        target.Write(number);
    }
}
