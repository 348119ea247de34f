using System.Runtime.InteropServices;

namespace Ringfence.Sealing.Memory;

/// <summary>Keeps the memory of this process to itself: no core dump, no reading by other processes of the user, no swap where the system lets it (INC-15).</summary>
public static partial class ProcessGuard
{
    private const int PrSetDumpable = 4;
    private const int PrGetDumpable = 3;
    private const int RlimitCore = 4;
    private const int LockCurrent = 1;
    private const int LockOnFault = 4;

    /// <summary>Guards this process from now on, and what could not be had.</summary>
    /// <returns>One sentence for each guard that the system refused; empty when all are there.</returns>
    public static IReadOnlyList<string> Apply()
    {
        var refused = new List<string>();
        var none = default(Limit);
        if (SetLimit(RlimitCore, none) != 0)
            refused.Add("Core dumps cannot be switched off.");
        if (!Hide())
            refused.Add("The process cannot be made undumpable: other processes of this user can read its memory.");

        // Pages are locked as they are touched: the runtime reserves far more than anybody may lock.
        if (LockAll(LockCurrent | LockOnFault) != 0)
            refused.Add("Memory cannot be locked (see 'ulimit -l'): keys stay out of swap, opened secrets may get there.");
        return refused;
    }

    /// <summary>
    /// Keeps the memory of this process out of core dumps, whoever takes them, and from other processes of the user. For a process that starts jobs: unlike
    /// limits, this is not inherited by what it starts.
    /// </summary>
    /// <returns>Whether that could be had.</returns>
    public static bool Hide() => ProcessControl(PrSetDumpable, 0, 0, 0, 0) == 0 && ProcessControl(PrGetDumpable, 0, 0, 0, 0) == 0;

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "mlockall", SetLastError = true)]
    private static partial int LockAll(int flags);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        private readonly ulong _current;
        private readonly ulong _most;
    }
}
