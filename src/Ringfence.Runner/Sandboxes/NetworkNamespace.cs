using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ringfence.Runner.Sandboxes;

/// <summary>The network name space of a job, and the user name space that has the rights over it. Both stay for as long as this is open.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const nuint GetOwner = 0xb701;

    private readonly SafeFileHandle _network;
    private readonly SafeFileHandle? _owner;

    private NetworkNamespace(SafeFileHandle network, SafeFileHandle? owner) => (_network, _owner) = (network, owner);

    /// <summary>A path of it for other programs.</summary>
    public string Path => PathOf(_network);

    /// <summary>A path for other programs of the user name space that has the rights over it; null when this process has them.</summary>
    public string? OwnerPath => _owner is null ? null : PathOf(_owner);

    /// <summary>Opens that of the process that bubblewrap has started.</summary>
    /// <remarks>
    /// The job is in a further user name space below, without any right over its network. bubblewrap makes that one when the job has a /dev of its own, so that no process
    /// is left in the one above it, and only the kernel can tell which it was.
    /// </remarks>
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

    /// <summary>Opens that of a container of an engine on this machine.</summary>
    /// <param name="process">The number of the container's process, as the engine sees it.</param>
    /// <param name="container">The container's id.</param>
    /// <returns>Null when that process is not here, or is none of this container: the engine is elsewhere, or this process is in a container itself.</returns>
    public static NetworkNamespace? OfContainer(long process, string container)
    {
        try
        {
            var network = Open(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/ns/net"));

            // Afterwards, so that what was opened is not that of another process that has got the number.
            if (process > 1 && container.Length > 0 && File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cgroup")).Contains(container, StringComparison.Ordinal))
                return new NetworkNamespace(network, null);
            network.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _network.Dispose();
        _owner?.Dispose();
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
