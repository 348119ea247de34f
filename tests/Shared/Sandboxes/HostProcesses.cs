namespace Ringfence.Tests.Shared;

/// <summary>The processes of this machine, also those inside of sandboxes.</summary>
internal static class HostProcesses
{
    /// <summary>Whether one has these words in its command line.</summary>
    public static bool Any(string words) => Directory.EnumerateDirectories("/proc").Any(folder => CommandLine(folder).Contains(words, StringComparison.Ordinal));

    /// <summary>Waits until none has.</summary>
    public static async Task NoneAsync(string words)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (Any(words))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience.End, $"'{words}' still runs.");
            await Task.Yield();
        }
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(folder)[0]) ? File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ') : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
