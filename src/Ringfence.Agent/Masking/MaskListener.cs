using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Ringfence.Agent.Calls;
using Ringfence.Agent.InJob;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Masking;

/// <summary>Takes values that a step wants masked from now on (MSK-6), and hands them to the runner, and tells the step what the runner answers.</summary>
/// <remarks>What the step prints after the answer is masked; nothing is written to a disk.</remarks>
/// <param name="folder">The task folder.</param>
/// <param name="writer">The way to the runner.</param>
/// <param name="request">The runner's request, whose number the values carry.</param>
/// <param name="clock">The time.</param>
internal sealed class MaskListener(string folder, FrameWriter writer, uint request, TimeProvider clock)
{
    /// <summary>How many callers are answered at a time.</summary>
    public const int MostCallers = 16;

    /// <summary>How long a caller has to send its value; the runner's answer may take longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly byte[] TooLong = Encoding.UTF8.GetBytes($"The value is longer than {MaskCommand.MostBytes} bytes.");

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, TaskCompletionSource<string>> _waiting = [];
    private ulong _number;

    /// <summary>Takes the runner's answer to the value that waits for it.</summary>
    public void Take(MaskAnswer answer)
    {
        lock (_lock)
        {
            if (_waiting.Remove(answer.Number, out var waiting))
                waiting.SetResult(answer.Refusal);
        }
    }

    /// <summary>Begins to listen.</summary>
    public void Start(CancellationToken cancel) =>
        _ = new CallDesk(MostCallers, Patience, clock).ServeAsync(CallDesk.At(Path.Combine(folder, MaskCommand.Socket)), (caller, over) => TakeAsync(caller, over, cancel), cancel);

    private async Task TakeAsync(Socket caller, CancellationToken over, CancellationToken cancel)
    {
        var value = GC.AllocateUninitializedArray<byte>(MaskCommand.MostBytes + 1, pinned: true);
        try
        {
            var length = 0;
            while (length < value.Length && await caller.ReceiveAsync(value.AsMemory(length), over).ConfigureAwait(false) is > 0 and var count)
                length += count;
            if (length > MaskCommand.MostBytes)
            {
                // Its first part alone would mask something else than what was asked for.
                await caller.SendAsync(TooLong, over).ConfigureAwait(false);
                return;
            }

            // Not within the caller's time: the runner first takes all that the job has printed before.
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
            _waiting[number = ++_number] = waiting;
        writer.Send(new FromAgent { Id = request, Mask = new Mask { Number = number, Value = UnsafeByteOperations.UnsafeWrap(value) } });
        return waiting.Task;
    }
}
