using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Ringfence.Agent.Native;

namespace Ringfence.Agent.Processes;

/// <summary>A terminal for one process: what is written to its near end is typed, what the process prints is read there.</summary>
internal static unsafe class PseudoTerminal
{
    private const int LongestName = 128;

    /// <summary>Opens one.</summary>
    /// <returns>The near end, and the path that the process opens.</returns>
    public static (int Descriptor, string Path) Open(uint rows, uint columns)
    {
        var near = Libc.OpenTerminal(Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec);
        var name = stackalloc byte[LongestName];
        if (near < 0 || Libc.GrantTerminal(near) != 0 || Libc.UnlockTerminal(near) != 0 || Libc.TerminalName(near, name, LongestName) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (near >= 0)
                _ = Libc.Close(near);
            throw new Win32Exception(error);
        }

        Resize(near, rows, columns);
        return (near, Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)));
    }

    /// <summary>Tells the process how large its window is.</summary>
    public static void Resize(int descriptor, uint rows, uint columns)
    {
        var size = new Libc.WindowSize { Rows = (ushort)(rows == 0 ? 24 : rows), Columns = (ushort)(columns == 0 ? 80 : columns) };
        _ = Libc.DeviceControl(descriptor, Libc.SetWindowSize, &size);
    }
}
