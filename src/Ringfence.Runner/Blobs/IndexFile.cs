using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ringfence.Runner.Blobs;

/// <summary>Small JSON files that appear whole or not at all. Whoever writes holds the lock of the store.</summary>
internal static class IndexFile
{
    private const string Extension = ".json";
    private const string DraftExtension = ".tmp";

    public static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        // One draft a file is enough: one writer at a time. The next one writes over what a crash left.
        var draft = path + DraftExtension;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(file, value, type);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(draft);
            throw StoreException.Writing(Path.GetDirectoryName(path)!, e);
        }
    }

    /// <summary>Null when the file has gone, or is not what it should be.</summary>
    public static T? TryRead<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize(file, type);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Reading(path, e);
        }
    }

    /// <summary>The index files below a folder, in a fixed order.</summary>
    public static IEnumerable<string> All(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + Extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Removes what interrupted writers left below a folder.</summary>
    public static void RemoveDrafts(string folder)
    {
        if (!Directory.Exists(folder))
            return;

        foreach (var draft in Directory.EnumerateFiles(folder, "*" + DraftExtension, SearchOption.AllDirectories))
            TryDelete(draft);
    }

    /// <summary>Removes a file, and its folder if it was the last there.</summary>
    public static void Remove(string path)
    {
        TryDelete(path);
        var folder = Path.GetDirectoryName(path)!;
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    private static void TryDelete(string path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }
}
