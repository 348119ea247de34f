using System.Globalization;

namespace Ringfence.Cli.Tests.Run;

/// <summary>The memory of another process, which root may read and write.</summary>
internal static class ProcessMemory
{
    private const int Piece = 1 << 20;

    // HLT, which no program may execute: the processor answers with a fault, and the kernel with SIGSEGV.
    private const byte Fault = 0xF4;

    /// <summary>Whether a text stands in what it has written.</summary>
    public static bool Holds(int process, string text)
    {
        var wanted = System.Text.Encoding.UTF8.GetBytes(text);
        using var memory = Open(process, FileAccess.Read);
        var bytes = new byte[Piece + wanted.Length];
        foreach (var (start, end) in Ranges(process, "rw"))
        {
            for (var at = start; at < end; at += Piece)
            {
                if (bytes.AsSpan(0, ReadAt(memory, at, bytes.AsSpan(0, (int)Math.Min(bytes.Length, end - at)))).IndexOf(wanted) >= 0)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Overwrites all of its code, so that whatever it does next is a fault. That kills also the first process of a name space, which is deaf to signals.</summary>
    public static void Break(int process)
    {
        using var memory = Open(process, FileAccess.ReadWrite);
        var faults = new byte[Piece];
        Array.Fill(faults, Fault);
        foreach (var (start, end) in Ranges(process, "r-x"))
        {
            for (var at = start; at < end; at += Piece)
                WriteAt(memory, at, faults.AsSpan(0, (int)Math.Min(Piece, end - at)));
        }
    }

    private static FileStream Open(int process, FileAccess access) => new($"/proc/{process}/mem", new FileStreamOptions { Access = access, Share = FileShare.ReadWrite, BufferSize = 0 });

    private static IEnumerable<(long Start, long End)> Ranges(int process, string rights)
    {
        foreach (var line in File.ReadAllLines($"/proc/{process}/maps").Where(line => line.Contains($" {rights}", StringComparison.Ordinal)))
        {
            var ends = line.Split(' ')[0].Split('-');
            if (long.TryParse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var start) && long.TryParse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var end) && start >= 0)
                yield return (start, end);
        }
    }

    private static int ReadAt(FileStream memory, long at, Span<byte> into)
    {
        try
        {
            return RandomAccess.Read(memory.SafeFileHandle, into, at);
        }
        catch (IOException)
        {
            // A range that the process has reserved and not used.
            return 0;
        }
    }

    private static void WriteAt(FileStream memory, long at, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(memory.SafeFileHandle, bytes, at);
        }
        catch (IOException)
        {
            // The kernel's own page of code.
        }
    }
}
