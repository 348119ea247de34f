using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ringfence.Runner.Sandboxes.Process;

/// <summary>The network name space that bubblewrap has made for a job, and the user name space that has the rights over it. Both stay for as long as this is open.</summary>
/// <remarks>
/// The job itself is in a further user name space below, without any right over its network. bubblewrap makes that one when the job has a /dev of its own, so that no
/// process is left in the one above it, and only the kernel can tell which it was.
/// </remarks>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const nuint GetOwner = 0xb701;

    private readonly SafeFileHandle _network;
    private readonly SafeFileHandle _owner;

    private NetworkNamespace(SafeFileHandle network, SafeFileHandle owner) => (_network, _owner) = (network, owner);

    /// <summary>A path of it for other programs.</summary>
    public string Path => PathOf(_network);

    /// <summary>A path for other programs of the user name space that has the rights over it.</summary>
    public string OwnerPath => PathOf(_owner);

    /// <summary>Opens that of the process that bubblewrap has started.</summary>
    /// <param name="bubblewrap">The number of bubblewrap's own process.</param>
    /// <exception cref="IOException">There is none, or this process has no right to it.</exception>
    public static NetworkNamespace OfChild(int bubblewrap)
    {
        var children = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{bubblewrap}/task/{bubblewrap}/children"));
        var network = Open($"/proc/{children.Split(' ')[0]}/ns/net");
        try
        {
            var owner = DeviceControl((int)network.DangerousGetHandle(), GetOwner, 0);
            return owner >= 0
                ? new NetworkNamespace(network, new SafeFileHandle(owner, ownsHandle: true))
                : throw new IOException($"The kernel does not tell whose the job's network is: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _network.Dispose();
        _owner.Dispose();
    }

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static string PathOf(SafeFileHandle handle) => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{handle.DangerousGetHandle()}");

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int DeviceControl(int descriptor, nuint request, nint argument);
}
