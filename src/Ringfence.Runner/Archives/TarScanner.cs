using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Ringfence.Runner.Archives;

/// <summary>
/// Reads the headers of a tar that passes by in pieces, without holding its content: names and sizes of the entries (ustar, GNU, pax).
/// It stops at the first header that is beyond the limits.
/// </summary>
internal sealed class TarScanner(ArchiveLimits limits, Action<TarItem>? found = null)
{
    private const int Block = 512;
    private const int SizeField = 124, SizeLength = 12, TypeField = 156, PrefixField = 345, NameLength = 100, PrefixLength = 155;

    private readonly byte[] _header = new byte[Block];
    private readonly ArrayBufferWriter<byte> _extension = new();
    private int _inHeader;
    private long _toSkip;
    private long _toKeep;
    private char _extensionType;
    private string? _nextName;
    private long? _nextSize;
    private bool _ended;

    public int Entries { get; private set; }

    public long Bytes { get; private set; }

    /// <exception cref="ArchiveException">The archive is malformed or beyond the limits.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !_ended)
        {
            int taken;
            if (_toSkip > 0)
                taken = Skip(bytes);
            else
                taken = FillHeader(bytes);
            bytes = bytes[taken..];
        }
    }

    private int Skip(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(bytes.Length, _toSkip);
        var kept = (int)Math.Min(taken, _toKeep);
        _extension.Write(bytes[..kept]);
        _toKeep -= kept;
        _toSkip -= taken;
        if (_toSkip == 0 && _extensionType != '\0')
            ReadExtension();
        return taken;
    }

    private int FillHeader(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, Block - _inHeader);
        bytes[..taken].CopyTo(_header.AsSpan(_inHeader));
        _inHeader += taken;
        if (_inHeader == Block)
        {
            _inHeader = 0;
            ReadHeader();
        }

        return taken;
    }

    private void ReadHeader()
    {
        if (!_header.AsSpan().ContainsAnyExcept((byte)0))
        {
            _ended = true;
            return;
        }

        var type = (char)_header[TypeField];
        var size = Number(_header.AsSpan(SizeField, SizeLength));
        if (type is 'x' or 'g' or 'L' or 'K')
        {
            Extend(type, size);
            return;
        }

        size = _nextSize ?? size;
        var isFile = type is '0' or '\0' or '7' or 'S';
        var name = _nextName ?? Name();
        (_nextName, _nextSize) = (null, null);
        // What links and folders say as their size is not followed by content.
        var content = type is '1' or '2' or '3' or '4' or '5' or '6' ? 0 : size;
        if (++Entries > limits.Entries)
            throw new ArchiveException($"The archive has more than {limits.Entries} entries.");
        if ((Bytes += content) > limits.Bytes || content < 0)
            throw new ArchiveException($"The archive holds more than {limits.Bytes} bytes.");
        if (Encoding.UTF8.GetByteCount(name) > limits.NameBytes)
            throw new ArchiveException($"The archive has a name of more than {limits.NameBytes} bytes.");

        found?.Invoke(new TarItem(name, content, isFile, type is '1' or '2'));
        _toSkip = Padded(content);
    }

    private void Extend(char type, long size)
    {
        if (size is < 0 || size > limits.HeaderBytes)
            throw new ArchiveException($"The archive has a header of more than {limits.HeaderBytes} bytes.");

        _extension.ResetWrittenCount();
        _extensionType = type;
        (_toKeep, _toSkip) = (size, Padded(size));
        if (size == 0)
            _extensionType = '\0';
    }

    private void ReadExtension()
    {
        var content = _extension.WrittenSpan;
        if (_extensionType == 'L')
            _nextName = Encoding.UTF8.GetString(content).TrimEnd('\0');
        else if (_extensionType == 'x')
            ReadPax(content);
        _extensionType = '\0';
    }

    /// <summary>Records such as <c>18 path=some/name\n</c>; the number counts the whole record.</summary>
    private void ReadPax(ReadOnlySpan<byte> records)
    {
        while (records.Length > 0)
        {
            var space = records.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > records.Length)
                throw new ArchiveException("The archive has a pax header that cannot be read.");

            var record = records[(space + 1)..(length - 1)];
            if (record.StartsWith("path="u8))
                _nextName = Encoding.UTF8.GetString(record["path="u8.Length..]);
            else if (record.StartsWith("size="u8))
                _nextSize = long.TryParse(record["size="u8.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : -1;
            records = records[length..];
        }
    }

    private string Name()
    {
        var name = Text(_header.AsSpan(0, NameLength));
        // Only ustar has a prefix; GNU ("ustar " with a space) keeps times there.
        var prefix = _header.AsSpan(257, 6).SequenceEqual("ustar\0"u8) ? Text(_header.AsSpan(PrefixField, PrefixLength)) : "";
        return prefix.Length > 0 ? prefix + "/" + name : name;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static long Number(ReadOnlySpan<byte> field)
    {
        // GNU writes what octal digits cannot hold as a big-endian number, with the first bit set.
        if ((field[0] & 0x80) != 0)
            return BinaryPrimitives.ReadInt64BigEndian(field[4..]);

        long number = 0;
        foreach (var digit in field.Trim("\0 "u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                throw new ArchiveException("This is not a tar archive: a header cannot be read.");
            number = number * 8 + (digit - '0');
        }

        return number;
    }

    private static long Padded(long size) => (size + Block - 1) / Block * Block;
}
