using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ringfence.Agent.Native;

/// <summary>
/// Closes the kernel's keyrings to a fenced job. They are not of any name space: the job would be given the session keyring of who started the runner, with what logins keep
/// there, such as Kerberos tickets. Container engines close them in the same way.
/// </summary>
internal static unsafe class KeyFilter
{
    private const int GetNoNewPrivileges = 39;
    private const int SetFilter = 1;
    private const nuint AllThreads = 1;
    private const ushort Load = 0x20;
    private const ushort And = 0x54;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort IfAbove = 0x25;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7fff0000;
    private const uint NotPermitted = 0x00050001;
    private const uint NumberAt = 0;
    private const uint ArchitectureAt = 4;

    // One of the two ways in which a 64-bit kernel is called with short pointers.
    private const uint WithoutShortPointers = 0xbfffffff;

    // add_key, request_key and keyctl follow one another everywhere.
    private const uint Calls = 3;

    private static readonly (uint Architecture, uint First)[] Keys =
    [
        (0xc000003e, 248),  // x86-64
        (0x40000003, 286),  // i386
        (0xc00000b7, 217),  // AArch64
        (0x40000028, 309),  // ARM
    ];

    /// <summary>Closes them to this process and all that it starts, where its fence has seen to it that nothing it starts gains rights. A plain process keeps what its user has.</summary>
    /// <exception cref="Win32Exception">The kernel does not let it.</exception>
    public static void Apply()
    {
        if (Libc.ProcessControl(GetNoNewPrivileges, 0, 0, 0, 0) != 1)
            return;
        var steps = Steps();
        fixed (Step* first = steps)
        {
            var program = new Program { Length = (ushort)steps.Length, First = first };
            if (Libc.SystemCall(RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 277 : 317, SetFilter, AllThreads, &program) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private static Step[] Steps() =>
    [
        .. Keys.SelectMany(keys => (Step[])
        [
            new(Load, 0, 0, ArchitectureAt),
            new(IfEqual, 0, 6, keys.Architecture),
            new(Load, 0, 0, NumberAt),
            new(And, 0, 0, WithoutShortPointers),
            new(IfAtLeast, 0, 2, keys.First),
            new(IfAbove, 1, 0, keys.First + Calls - 1),
            new(Return, 0, 0, NotPermitted),
            new(Return, 0, 0, Allow),
        ]),
        new(Return, 0, 0, NotPermitted),
    ];

    /// <summary>Of the Linux ABI: what to do, how many steps to leave out if it is so and if not, and with what.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Step(ushort Code, byte IfSo, byte IfNot, uint Value);

    /// <summary>Of the Linux ABI.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Step* First;
    }
}
