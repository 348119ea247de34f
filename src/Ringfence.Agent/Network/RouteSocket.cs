using System.ComponentModel;
using System.Runtime.InteropServices;
using Ringfence.Agent.Native;

namespace Ringfence.Agent.Network;

/// <summary>The way to the kernel's routing in the network name space of this process.</summary>
internal sealed unsafe class RouteSocket : IDisposable
{
    private const int Netlink = 16;
    private const int Raw = 3;
    private const int Routing = 0;
    private const int AnswerLength = 4096;
    private const int HeaderLength = 16;

    private readonly int _socket;
    private uint _number;

    /// <summary>Opens it.</summary>
    /// <exception cref="Win32Exception">The kernel has none.</exception>
    public RouteSocket()
    {
        _socket = Libc.Socket(Netlink, Raw | Libc.CloseOnExec, Routing);
        if (_socket < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Makes a rule.</summary>
    /// <returns>0, or the number of the kernel's error.</returns>
    public int Add(RoutingRule rule)
    {
        if (!Descriptor.Write(_socket, rule.ToRequest(++_number)))
            return Marshal.GetLastPInvokeError();

        // The answer is the error with its sign turned, behind the header.
        Span<byte> answer = stackalloc byte[AnswerLength];
        return Descriptor.Read(_socket, answer) < HeaderLength + sizeof(int) ? Libc.InputOutputError : -BitConverter.ToInt32(answer[HeaderLength..]);
    }

    public void Dispose() => _ = Libc.Close(_socket);
}
