namespace Ringfence.Cli.Orbs;

/// <summary>Writes files that appear whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file; false when it is there and must not be overwritten. Makes the folders that are missing.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write it.</exception>
    public static bool TryWrite(string path, ReadOnlySpan<byte> content, bool overwrite)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);

        // In the same folder, because a file cannot be renamed from one file system to another.
        var draft = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            File.WriteAllBytes(draft, content);
            if (!overwrite && File.Exists(path))
                return false;
            File.Move(draft, path, overwrite);
            return true;
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
