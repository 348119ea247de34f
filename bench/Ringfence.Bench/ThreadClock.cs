using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ringfence.Bench;

/// <summary>The time that this thread has had of a processor, collections of garbage included; on other systems than Linux the time on the wall.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    [StructLayout(LayoutKind.Sequential)]
    private struct Reading
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    public static TimeSpan Now() => OperatingSystem.IsLinux() && Read(ThreadCpuTime, out var reading) == 0
        ? TimeSpan.FromSeconds(reading.Seconds) + TimeSpan.FromTicks(reading.Nanoseconds / TimeSpan.NanosecondsPerTick)
        : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Reading reading);
}
