using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Ringfence.Agent.InJob;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Masking;

/// <summary>Takes values that a step wants masked from now on (MSK-6), and hands them to the runner, and tells the step what the runner answers.</summary>
/// <remarks>One value at a time. What the step prints after the answer is masked; nothing is written to a disk.</remarks>
internal sealed class MaskListener(string folder, FrameWriter writer, uint request)
{
    private readonly Lock _lock = new();
    private ulong _number;
    private TaskCompletionSource<string>? _waiting;

    /// <summary>Takes the runner's answer to the value that waits for it.</summary>
    public void Take(MaskAnswer answer)
    {
        lock (_lock)
        {
            if (answer.Number == _number)
                _waiting?.TrySetResult(answer.Refusal);
        }
    }

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
            var refusal = await AskAsync(value.AsMemory(0, length)).WaitAsync(cancel).ConfigureAwait(false);
            await caller.SendAsync(refusal.Length == 0 ? MaskCommand.Taken : Encoding.UTF8.GetBytes(refusal), cancel).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(value);
        }
    }

    /// <summary>The runner's refusal; empty when it masks the value from now on.</summary>
    private Task<string> AskAsync(ReadOnlyMemory<byte> value)
    {
        var waiting = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        ulong number;
        lock (_lock)
            (number, _waiting) = (++_number, waiting);
        writer.Send(new FromAgent { Id = request, Mask = new Mask { Number = number, Value = UnsafeByteOperations.UnsafeWrap(value) } });
        return waiting.Task;
    }
}
