using System.Formats.Tar;
using System.IO.Compression;

namespace Ringfence.Gate.Tests.Archives;

/// <summary>Makes archives in memory.</summary>
internal static class Packed
{
    public static byte[] Gzip(byte[] content) => Through(content, target => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true));

    public static byte[] Zstandard(byte[] content) => Through(content, target => new ZstdSharp.CompressionStream(target, leaveOpen: true));

    public static byte[] Link(TarEntryType type, string name, string target)
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, target.Length > 100 ? TarEntryFormat.Pax : TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(target.Length > 100 ? new PaxTarEntry(type, name) { LinkName = target } : new UstarTarEntry(type, name) { LinkName = target });
        return archive.ToArray();
    }

    public static byte[] Tar(TarEntryFormat format, params (string Name, byte[] Content)[] files)
    {
        using var target = new MemoryStream();
        using (var tar = new TarWriter(target, format, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                    _ => new UstarTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(content);
                tar.WriteEntry(entry);
            }
        }

        return target.ToArray();
    }

    /// <summary>Changes the first header of a tar, and its sum.</summary>
    public static void Patch(byte[] tar, int at, ReadOnlySpan<byte> bytes)
    {
        var header = tar.AsSpan(0, 512);
        bytes.CopyTo(header[at..]);
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in header)
            sum += b;
        System.Text.Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(header[148..]);
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return target.ToArray();
    }

    private static byte[] Through(byte[] content, Func<Stream, Stream> compressor)
    {
        using var target = new MemoryStream();
        using (var stream = compressor(target))
            stream.Write(content);
        return target.ToArray();
    }
}
