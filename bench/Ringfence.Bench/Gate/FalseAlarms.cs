using System.Diagnostics;
using System.Globalization;
using Ringfence.Gate.Archives;

namespace Ringfence.Bench.Gate;

/// <summary>Searches files of this machine for secrets that were made a moment ago: whatever is found is a false alarm.</summary>
internal static class FalseAlarms
{
    private const int SecretCount = 200;
    private const long ProgressBytes = 100_000_000;

    public static void Print(string[] folders)
    {
        using var matcher = Secrets.Matcher(Secrets.Make(SecretCount));
        var scan = new GateScan(matcher, ScanLimits.Default);
        var (files, bytes, alarms, unknown, shown) = (0, 0L, 0, 0, 0L);
        var clock = Stopwatch.StartNew();
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device };
        foreach (var path in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", options)))
        {
            try
            {
                using var file = File.OpenRead(path);
                var report = scan.ScanAsync(file, path, CancellationToken.None).GetAwaiter().GetResult();
                files++;
                bytes += file.Length;
                alarms += report.Caught.Length;
                unknown += report.Unknown.Length;
                foreach (var caught in report.Caught)
                    Console.WriteLine($"{caught.Path} {caught.Form} {caught.Offset}");
                if (bytes - shown < ProgressBytes)
                    continue;
                shown = bytes;
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files} files, {bytes / 1e6:F0} MB, {alarms} alarms, {clock.Elapsed.TotalSeconds:F0} s"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"not read: {path}: {e.GetType().Name}");
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{SecretCount} random secrets in {files} files, {bytes / 1e6:F0} MB: {alarms} false alarms; {unknown} could not be looked into; {clock.Elapsed.TotalSeconds:F0} s, {bytes / 1e6 / clock.Elapsed.TotalSeconds:F0} MB/s"));
    }
}
