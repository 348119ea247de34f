using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ringfence.Gate.Archives;

namespace Ringfence.Bench.Gate;

/// <summary>Searches files of this machine for secrets that were made a moment ago: whatever is found is a false alarm.</summary>
internal static class FalseAlarms
{
    private const int SecretCount = 200;
    private const long ProgressBytes = 100_000_000;

    public static void Print(string[] folders)
    {
        var secrets = Secrets.Make(SecretCount);
        using var matcher = Secrets.Matcher(secrets);
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
                foreach (var content in report.Unknown)
                    Console.WriteLine($"{content.Path}: {content.Reason}");
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
            $"{SecretCount} random secrets in {files} files, {bytes / 1e6:F0} MB: {alarms} false alarms; {unknown} could not be looked into; {clock.Elapsed.TotalSeconds:F0} s, {bytes / 1e6 / clock.Elapsed.TotalSeconds:F0} MB/s; {Found(scan, secrets)} of {SecretCount} found where they are"));
    }

    /// <summary>So that silence means something: the same search over a text that holds the secrets.</summary>
    private static int Found(GateScan scan, string[] secrets)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', secrets.Select(secret => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))))));
        var report = scan.ScanAsync(text, "control", CancellationToken.None).GetAwaiter().GetResult();
        return report.Caught.DistinctBy(caught => caught.Secret).Count();
    }
}
