using System.Runtime.InteropServices;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>A key in the session keyring of this process, as logins keep tickets in it. Disposing takes it away; after a kill the kernel does, once its time is up.</summary>
internal sealed partial class KernelKey : IDisposable
{
    private const int SessionKeyring = -3;
    private const int Unlink = 9;
    private const int SetTimeout = 15;
    private const int Seconds = 600;

    private readonly int _number;

    private KernelKey(int number) => _number = number;

    private static (nint AddKey, nint Control) Calls => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? (217, 219) : (248, 250);

    /// <summary>Makes one.</summary>
    /// <returns>Null where the kernel keeps no keys, or has none for this process.</returns>
    public static KernelKey? Plant(string name)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var number = (int)AddKey(Calls.AddKey, "user", name, name, name.Length, SessionKeyring);
        if (number <= 0)
            return null;
        _ = Control(Calls.Control, SetTimeout, number, Seconds);
        return new KernelKey(number);
    }

    public void Dispose() => _ = Control(Calls.Control, Unlink, _number, SessionKeyring);

    [LibraryImport("libc", EntryPoint = "syscall", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint AddKey(nint number, string type, string name, string value, nint length, nint keyring);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Control(nint number, nint operation, nint key, nint argument);
}
