using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ringfence.Agent.Native;

/// <summary>Moves the agent's conversation away from the descriptors that children inherit.</summary>
internal static class StandardStreams
{
    private const int DuplicateCloseOnExec = 1030;
    private const int FirstFree = 10;

    /// <summary>Moves standard input; /dev/null takes its place.</summary>
    public static int TakeInput() => Take(0, 0);

    /// <summary>Moves standard output; standard error takes its place, since what is printed there by accident is not a message.</summary>
    public static int TakeOutput()
    {
        var moved = Libc.Control(1, DuplicateCloseOnExec, FirstFree);
        if (moved < 0 || Libc.Duplicate(2, 1) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        Descriptor.Widen(moved);
        return moved;
    }

    private static int Take(int descriptor, int flags)
    {
        var moved = Libc.Control(descriptor, DuplicateCloseOnExec, FirstFree);
        var nothing = Libc.Open("/dev/null", flags);
        if (moved < 0 || nothing < 0 || Libc.Duplicate(nothing, descriptor) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        _ = Libc.Close(nothing);
        Descriptor.Widen(moved);
        return moved;
    }
}
