using System.Text;

namespace Ringfence.Keep.Ledgers;

/// <summary>Files that hold the head of a ledger and nothing else.</summary>
internal static class HeadFile
{
    private const int MostBytes = 128;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads one.</summary>
    /// <returns>The head; <see cref="LedgerHead.Empty"/> when there is no file, and null when it holds anything but what <see cref="Write"/> writes.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LedgerHead? Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return LedgerHead.Empty;
        var text = file.Length > MostBytes ? "" : Encoding.Latin1.GetString(File.ReadAllBytes(path));
        return text.EndsWith('\n') ? LedgerHead.Parse(text[..^1]) : null;
    }

    /// <summary>Writes one, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, LedgerHead head)
    {
        var draft = path + ".new";
        using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly, BufferSize = 0 }))
        {
            file.Write(Encoding.ASCII.GetBytes(head + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
