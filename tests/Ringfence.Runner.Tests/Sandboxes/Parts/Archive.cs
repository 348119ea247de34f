using System.Formats.Tar;
using System.Text;

namespace Ringfence.Runner.Tests.Sandboxes.Parts;

/// <summary>Builds and reads the archives that go into sandboxes and come out of them.</summary>
internal sealed class Archive : IDisposable
{
    /// <summary>When all that is in it was changed.</summary>
    public static readonly DateTimeOffset Changed = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly MemoryStream _content = new();
    private readonly TarWriter _writer;

    public Archive() => _writer = new TarWriter(_content, TarEntryFormat.Pax, leaveOpen: true);

    public Archive File(string name, string text, int mode = 0b110_100_100) => File(name, Encoding.UTF8.GetBytes(text), mode);

    public Archive File(string name, byte[] data, int mode = 0b110_100_100)
    {
        using var content = new MemoryStream(data);
        _writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = (UnixFileMode)mode, DataStream = content, ModificationTime = Changed });
        return this;
    }

    public Archive Folder(string name, int mode = 0b111_101_101)
    {
        _writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, name) { Mode = (UnixFileMode)mode, ModificationTime = Changed });
        return this;
    }

    public Archive Link(string name, string target, bool isHard = false)
    {
        _writer.WriteEntry(new PaxTarEntry(isHard ? TarEntryType.HardLink : TarEntryType.SymbolicLink, name) { LinkName = target, ModificationTime = Changed });
        return this;
    }

    /// <summary>The archive from its beginning.</summary>
    public Stream Done()
    {
        _writer.Dispose();
        _content.Position = 0;
        return _content;
    }

    /// <summary>A line for each entry: kind, mode, name, target of a link, and what the file holds or how much.</summary>
    public static async Task<List<string>> LinesAsync(Stream tar, CancellationToken cancel)
    {
        var lines = new List<string>();
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync(copyData: true, cancel) is { } entry)
        {
            using var data = new MemoryStream();
            if (entry.DataStream is { } content)
                await content.CopyToAsync(data, cancel);
            var held = data.Length > 100 ? $"{data.Length} bytes" : Encoding.UTF8.GetString(data.ToArray());
            var mode = entry.EntryType is TarEntryType.SymbolicLink ? "" : Convert.ToString((int)entry.Mode, 8);
            lines.Add($"{entry.EntryType} {mode} {entry.Name.TrimEnd('/')} {entry.LinkName} {held}".TrimEnd());
        }

        return lines;
    }

    public void Dispose() => _content.Dispose();
}
