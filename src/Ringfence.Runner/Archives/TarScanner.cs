using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Runner.Archives;

/// <summary>
/// Reads the headers of a tar that passes by in pieces, without holding its content: names and sizes of the entries (ustar, GNU, pax).
/// It stops at the first header that is beyond the limits.
/// </summary>
/// <param name="limits">How much there may be.</param>
/// <param name="found">Gets each entry when its header has passed.</param>
/// <param name="read">Gets each file and link when its content has passed, with a digest of that: equal where both are files or both are links, and what is in them is the same. Modes and times are not in it. One more name of a file has no digest of its own.</param>
internal sealed class TarScanner(ArchiveLimits limits, Action<TarItem>? found = null, Action<TarItem, string>? read = null) : IDisposable
{
    private const int Block = 512;
    private const int SizeField = 124, SizeLength = 12, TypeField = 156, LinkField = 157, PrefixField = 345, NameLength = 100, PrefixLength = 155;

    private readonly byte[] _header = new byte[Block];
    private readonly ArrayBufferWriter<byte> _extension = new();
    private int _inHeader;
    private long _toSkip;
    private long _toKeep;
    private char _extensionType;
    private string? _nextName;
    private string? _nextLink;
    private long? _nextSize;
    private readonly IncrementalHash? _hash = read is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private TarItem? _passing;
    private long _toHash;
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

    public void Dispose() => _hash?.Dispose();

    private int Skip(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(bytes.Length, _toSkip);
        var hashed = (int)Math.Min(taken, _toHash);
        _hash?.AppendData(bytes[..hashed]);
        _toHash -= hashed;
        var kept = (int)Math.Min(taken, _toKeep);
        _extension.Write(bytes[..kept]);
        _toKeep -= kept;
        _toSkip -= taken;
        if (_toSkip == 0 && _extensionType != '\0')
            ReadExtension();
        else if (_toSkip == 0)
            EndEntry();
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
        var target = _nextLink ?? Text(_header.AsSpan(LinkField, NameLength));
        (_nextName, _nextLink, _nextSize) = (null, null, null);
        // What links and folders say as their size is not followed by content.
        var content = type is '1' or '2' or '3' or '4' or '5' or '6' ? 0 : size;
        if (++Entries > limits.Entries)
            throw new ArchiveException($"The archive has more than {limits.Entries} entries.");
        if ((Bytes += content) > limits.Bytes || content < 0)
            throw new ArchiveException($"The archive holds more than {limits.Bytes} bytes.");
        if (Encoding.UTF8.GetByteCount(name) > limits.NameBytes)
            throw new ArchiveException($"The archive has a name of more than {limits.NameBytes} bytes.");

        if (type is '1' && Encoding.UTF8.GetByteCount(target) > limits.NameBytes)
            throw new ArchiveException($"The archive has a link to a name of more than {limits.NameBytes} bytes.");

        var item = new TarItem(name, content, isFile, type is '2', type is '1' ? target : null);
        found?.Invoke(item);
        _toSkip = Padded(content);
        if (item.First is not null)
            read?.Invoke(item, "");
        if (_hash is null || !(item.IsFile || item.IsLink))
            return;
        _hash.AppendData(Encoding.UTF8.GetBytes(item.IsFile ? "file\0" : $"link 2\0{target}"));
        (_passing, _toHash) = (item, content);
        if (content == 0)
            EndEntry();
    }

    private void EndEntry()
    {
        if (_passing is { } item)
            read!(item, Convert.ToHexStringLower(_hash!.GetHashAndReset()));
        _passing = null;
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
        else if (_extensionType == 'K')
            _nextLink = Encoding.UTF8.GetString(content).TrimEnd('\0');
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
            else if (record.StartsWith("linkpath="u8))
                _nextLink = Encoding.UTF8.GetString(record["linkpath="u8.Length..]);
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
