using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using Ringfence.Gate.Archives;

namespace Ringfence.Bench.Gate;

/// <summary>How fast the files of a folder are searched: one by one, in a tar, in a compressed tar. Everything comes from memory.</summary>
internal static class FileBench
{
    private const int Passes = 3;

    public static void Print(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device };
        var files = Directory.EnumerateFiles(folder, "*", options).Select(path => (Path: path, Content: File.ReadAllBytes(path))).ToArray();
        var bytes = files.Sum(file => (long)file.Content.Length);
        var tar = Tar(files);
        var gzip = Gzip(tar);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Length} files, {bytes / 1e6:F0} MB, one thread, the quickest of {Passes} passes in time of the processor; MB of content a second\n"));
        Console.WriteLine("| secrets | files one by one | tar | tar in gzip | expanding the gzip alone |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        foreach (var count in new[] { 1, 10, 50, 200 })
        {
            using var matcher = Secrets.Matcher(Secrets.Make(count));
            var scan = new GateScan(matcher, ScanLimits.Default);
            var each = Speed(bytes, () => Array.ForEach(files, file => Scan(scan, file.Path, file.Content)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {count} | {each:F0} | {Speed(bytes, () => Scan(scan, "x.tar", tar)):F0} | {Speed(bytes, () => Scan(scan, "x.tgz", gzip)):F0} | {Speed(bytes, () => Expand(gzip)):F0} |"));
        }
    }

    private static void Scan(GateScan scan, string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        var report = scan.ScanAsync(stream, name, CancellationToken.None).GetAwaiter().GetResult();
        if (!report.Caught.IsEmpty)
            throw new UnreachableException("A random secret was found.");
    }

    private static double Speed(long bytes, Action work)
    {
        var measured = new Measurement();
        for (var pass = 0; pass < Passes; pass++)
        {
            measured.Run(() =>
            {
                work();
                return bytes;
            });
        }

        return bytes / 1e6 / measured.Time.TotalSeconds;
    }

    private static void Expand(byte[] gzip)
    {
        using var stream = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        stream.CopyTo(Stream.Null);
    }

    private static byte[] Tar((string Path, byte[] Content)[] files)
    {
        using var target = new MemoryStream();
        using (var tar = new TarWriter(target, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var (path, content) in files)
                tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, path.TrimStart('/')) { DataStream = new MemoryStream(content) });
        }

        return target.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return target.ToArray();
    }
}
