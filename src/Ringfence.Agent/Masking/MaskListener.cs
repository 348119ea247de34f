using System.Net.Sockets;
using System.Security.Cryptography;
using Google.Protobuf;
using Ringfence.Agent.InJob;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Masking;

/// <summary>Takes values that a step wants masked from now on (MSK-6), and hands them to the runner before the step is told that it may go on.</summary>
/// <remarks>Output that is printed afterwards is sent after the value, so that it is masked; nothing is written to a disk.</remarks>
internal sealed class MaskListener(string folder, FrameWriter writer, uint request)
{
    /// <summary>Begins to listen.</summary>
    public void Start(CancellationToken cancel)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, MaskCommand.Socket)));
        listener.Listen();
        _ = ServeAsync(listener, cancel);
    }

    private async Task ServeAsync(Socket listener, CancellationToken cancel)
    {
        using (listener)
        {
            while (!cancel.IsCancellationRequested)
            {
                using var caller = await listener.AcceptAsync(cancel).ConfigureAwait(false);
                try
                {
                    await TakeAsync(caller, cancel).ConfigureAwait(false);
                }
                catch (SocketException)
                {
                    // The caller has gone; what it sent whole was taken.
                }
            }
        }
    }

    private async Task TakeAsync(Socket caller, CancellationToken cancel)
    {
        var value = GC.AllocateUninitializedArray<byte>(MaskCommand.MostBytes, pinned: true);
        try
        {
            var length = 0;
            while (length < value.Length && await caller.ReceiveAsync(value.AsMemory(length), cancel).ConfigureAwait(false) is > 0 and var count)
                length += count;
            writer.Send(new FromAgent { Id = request, Mask = new Mask { Value = UnsafeByteOperations.UnsafeWrap(value.AsMemory(0, length)) } });
            await caller.SendAsync(MaskCommand.Taken, cancel).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(value);
        }
    }
}
