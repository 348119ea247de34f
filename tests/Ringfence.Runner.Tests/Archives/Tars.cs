using System.Formats.Tar;
using System.Text;

namespace Ringfence.Runner.Tests.Archives;

/// <summary>Small tars for tests.</summary>
internal static class Tars
{
    public static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static MemoryStream Of(params (string Name, string Content)[] files) =>
        With([.. files.Select(file => File(file.Name, file.Content))]);

    public static MemoryStream With(params TarEntry[] entries)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        tar.Position = 0;
        return tar;
    }

    public static PaxTarEntry File(string name, string content) => new(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
        ModificationTime = Time,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.SetUser,
    };

    public static PaxTarEntry Link(TarEntryType type, string name, string target) => new(type, name) { LinkName = target, ModificationTime = Time };
}
