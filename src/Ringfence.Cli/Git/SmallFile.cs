namespace Ringfence.Cli.Git;

/// <summary>Reads files that are expected to be short.</summary>
internal static class SmallFile
{
    /// <summary>The text of a file; null when it is not there, cannot be read or is longer than expected.</summary>
    public static string? Read(string path, int most)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= most ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
