using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ringfence.Gate;
using Ringfence.Gate.Logs;

namespace Ringfence.Bench.Gate;

/// <summary>How fast a log is masked, on one thread, beside searches that find less; and how long a line waits.</summary>
internal static class GateBench
{
    private const int Megabytes = 64;
    private const int Passes = 5;
    private const int ChunkBytes = 64 * 1024;

    public static void Print()
    {
        var secrets = Secrets.Make(200);
        var plain = LogText.Make(Megabytes, isColoured: false, []);
        var coloured = LogText.Make(Megabytes, isColoured: true, []);
        Console.WriteLine($"{Megabytes} MB of log in pieces of {ChunkBytes / 1024} kB, one thread, the quickest of {Passes} passes in time of the processor; MB/s\n");
        Console.WriteLine("| secrets | no hits | no hits, coloured lines | a hit in each hundredth line | `SearchValues<string>`, raw values only | building, ms |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        foreach (var count in new[] { 1, 10, 50, 200 })
            Row(secrets[..count], plain, coloured);

        var target = new byte[ChunkBytes];
        Console.WriteLine($"\n`IndexOf` of one rare byte: {Speed(plain, chunk => chunk.IndexOf((byte)0xF7)):F0} MB/s; a copy of the bytes: {Speed(plain, chunk => Copied(chunk, target)):F0} MB/s");
        Latency(secrets);
    }

    private static void Row(string[] secrets, byte[] plain, byte[] coloured)
    {
        var clock = Stopwatch.GetTimestamp();
        using var matcher = Secrets.Matcher(secrets);
        var built = Stopwatch.GetElapsedTime(clock);
        var raw = SearchValues.Create(secrets, StringComparison.Ordinal);
        var characters = Encoding.UTF8.GetString(plain);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {secrets.Length} | {Masking(matcher, plain):F0} | {Masking(matcher, coloured):F0} | {Masking(matcher, LogText.Make(Megabytes, isColoured: false, secrets)):F0} | {OfCharacters(characters, raw):F0} | {built.TotalMilliseconds:F0} |"));
    }

    private static double Masking(SecretMatcher matcher, byte[] text)
    {
        using var mask = new LogMask(matcher);
        var output = new ArrayBufferWriter<byte>(2 * ChunkBytes);
        return Speed(text, chunk =>
        {
            output.ResetWrittenCount();
            mask.Write(chunk, output);
            return output.WrittenCount;
        });
    }

    private static double OfCharacters(string text, SearchValues<string> values)
    {
        var measured = new Measurement();
        for (var pass = 0; pass < Passes; pass++)
            measured.Run(() => text.AsSpan().IndexOfAny(values));
        return text.Length / 1e6 / measured.Time.TotalSeconds;
    }

    private static double Speed(byte[] text, Func<ReadOnlySpan<byte>, int> work)
    {
        var measured = new Measurement();
        for (var pass = 0; pass < Passes; pass++)
        {
            measured.Run(() =>
            {
                var sum = 0L;
                for (var at = 0; at < text.Length; at += ChunkBytes)
                    sum += work(text.AsSpan(at, Math.Min(ChunkBytes, text.Length - at)));
                return sum;
            });
        }

        return text.Length / 1e6 / measured.Time.TotalSeconds;
    }

    private static int Copied(ReadOnlySpan<byte> chunk, byte[] target)
    {
        chunk.CopyTo(target);
        return target[0];
    }

    /// <summary>Lines one by one, each written and then released, as when a log is silent in between.</summary>
    private static void Latency(string[] secrets)
    {
        using var matcher = Secrets.Matcher(secrets);
        using var mask = new LogMask(matcher);
        var output = new ArrayBufferWriter<byte>(2 * ChunkBytes);
        var text = LogText.Make(2, isColoured: true, secrets);
        var times = new List<double>();
        long held = 0, heldAfter = 0;
        foreach (var line in text.AsSpan().Split((byte)'\n'))
        {
            output.ResetWrittenCount();
            var start = Stopwatch.GetTimestamp();
            mask.Write(text.AsSpan()[line.Start..Math.Min(text.Length, line.End.Value + 1)], output);
            held += mask.IsHolding ? 1 : 0;
            mask.Release(output);
            heldAfter += mask.IsHolding ? 1 : 0;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nLine by line, 200 secrets: median {times[times.Count / 2]:F1} µs a line, 99 % below {times[times.Count * 99 / 100]:F1} µs; the end of a line waits for more in {100.0 * held / times.Count:F1} % of {times.Count} lines, after a release in {100.0 * heldAfter / times.Count:F2} %"));
    }
}
