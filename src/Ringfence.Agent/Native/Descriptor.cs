using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ringfence.Agent.Native;

/// <summary>Plain reads and writes of file descriptors, repeated when a signal interrupts them.</summary>
internal static unsafe class Descriptor
{
    private const int WidePipe = 1024 * 1024;

    /// <summary>Makes a pipe whose ends no child inherits by accident.</summary>
    public static (int Read, int Write) Pipe()
    {
        var ends = stackalloc int[2];
        return Libc.Pipe(ends, Libc.CloseOnExec) == 0 ? (ends[0], ends[1]) : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Lets a pipe hold a megabyte where the system allows it, so that its two ends wait less for each other; what is no pipe stays as it is.</summary>
    public static void Widen(int descriptor) => _ = Libc.Control(descriptor, Libc.SetPipeSize, WidePipe);

    /// <summary>Reads what is there, at least a byte.</summary>
    /// <returns>How many bytes; 0 at the end, which for a terminal is when its last process has gone.</returns>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
                count = Libc.Read(descriptor, start, (nuint)buffer.Length);
            if (count >= 0)
                return (int)count;
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
                return 0;
        }
    }

    /// <summary>Writes everything.</summary>
    /// <returns>Whether it could be written; false when nobody reads any more.</returns>
    public static bool Write(int descriptor, ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            nint count;
            fixed (byte* start = data)
                count = Libc.Write(descriptor, start, (nuint)data.Length);
            if (count < 0)
            {
                if (Marshal.GetLastPInvokeError() == Libc.Interrupted)
                    continue;
                return false;
            }

            data = data[(int)count..];
        }

        return true;
    }

    /// <summary>Waits until one of two descriptors can be read, or is at its end.</summary>
    /// <returns>Which of them can; both false when the time is over.</returns>
    public static (bool First, bool Second) Wait(int first, int second, int milliseconds)
    {
        var requests = stackalloc Libc.PollRequest[2];
        requests[0] = new Libc.PollRequest { Descriptor = first, Events = Libc.Readable };
        requests[1] = new Libc.PollRequest { Descriptor = second, Events = Libc.Readable };
        while (Libc.Poll(requests, 2, milliseconds) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
                return (false, false);
        }

        return (requests[0].Found != 0, requests[1].Found != 0);
    }
}
