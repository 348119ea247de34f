using System.Threading.Channels;
using Google.Protobuf;
using Ringfence.Agent.Native;
using Ringfence.Protocol;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Processes;

/// <summary>A started process: sends its output as it comes, and its end exactly once, after all output that it wrote itself.</summary>
internal sealed class RunningProcess(uint id, FrameWriter writer)
{
    private const int WaitForever = -1;

    // What a process left behind in the background may still be writing is not waited for.
    private const int PatienceAfterEnd = 50;
    private const int InputQueue = 64;

    private readonly (int Read, int Write) _wake = Descriptor.Pipe();
    private readonly Channel<ReadOnlyMemory<byte>> _input = Channel.CreateBounded<ReadOnlyMemory<byte>>(InputQueue);
    private int _status;
    private int _open;
    private bool _ended;

    /// <summary>The leader of the session.</summary>
    public int Pid { get; set; }

    /// <summary>The near end of its terminal; null when it has none.</summary>
    public SharedDescriptor? Terminal { get; init; }

    /// <summary>Called once when everything is sent, with the exit code.</summary>
    public required Action<Exited> Finished { get; init; }

    /// <summary>Tells that the process has ended; called by the reaper.</summary>
    public void Ended(int status)
    {
        Volatile.Write(ref _status, status);
        Volatile.Write(ref _ended, true);
        _ = Libc.Close(_wake.Write);
    }

    /// <summary>Lets go of what it has when no process was started.</summary>
    public void Abandon()
    {
        _ = Libc.Close(_wake.Read);
        _ = Libc.Close(_wake.Write);
    }

    /// <summary>Begins to read its output. It becomes the user of both descriptors that the caller was; the second is null where there is only one.</summary>
    public void Read(SharedDescriptor output, SharedDescriptor? error)
    {
        _open = error is null ? 1 : 2;
        Start(output, isError: false);
        if (error is not null)
            Start(error, isError: true);
    }

    /// <summary>Begins to hand input on to a descriptor. It becomes the user of it that the caller was, until the input is at its end.</summary>
    public void FeedTo(SharedDescriptor descriptor) => new Thread(() =>
    {
        while (_input.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_input.Reader.TryRead(out var data))
                Descriptor.Write(descriptor.Number, data.Span);
        }

        descriptor.LetGo();
    })
    { IsBackground = true, Name = "input" }.Start();

    /// <summary>Takes input; waits while the process does not read. What comes for a process that has just ended is dropped.</summary>
    public async ValueTask TypeAsync(Input input, CancellationToken cancel)
    {
        while (!input.Data.IsEmpty && await _input.Writer.WaitToWriteAsync(cancel).ConfigureAwait(false) && !_input.Writer.TryWrite(input.Data.Memory))
        {
        }

        if (input.End)
            _input.Writer.TryComplete();
    }

    private void Start(SharedDescriptor descriptor, bool isError) =>
        new Thread(() => Pump(descriptor, isError)) { IsBackground = true, Name = "output" }.Start();

    private void Pump(SharedDescriptor descriptor, bool isError)
    {
        var buffer = new byte[Frames.PartLength];
        var atEnd = false;
        while (!atEnd)
        {
            var ended = Volatile.Read(ref _ended);
            var (readable, _) = Descriptor.Wait(descriptor.Number, ended ? -1 : _wake.Read, ended ? PatienceAfterEnd : WaitForever);
            if (readable)
                atEnd = !Forward(descriptor.Number, buffer, isError);
            else if (ended)
                break;
        }

        if (!atEnd)
            DrainInBackground(descriptor);
        else
            descriptor.LetGo();

        if (Interlocked.Decrement(ref _open) == 0)
            Finish();
    }

    private bool Forward(int descriptor, byte[] buffer, bool isError)
    {
        var count = Descriptor.Read(descriptor, buffer);
        if (count == 0)
            return false;
        writer.Send(new FromAgent
        {
            Id = id,
            Output = new Output { Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, count)), IsError = isError, At = Microseconds() },
        });
        return true;
    }

    // Closed, its writers would be killed by SIGPIPE; left full, they would hang.
    private static void DrainInBackground(SharedDescriptor descriptor) => new Thread(() =>
    {
        var buffer = new byte[4096];
        while (Descriptor.Read(descriptor.Number, buffer) > 0)
        {
        }

        descriptor.LetGo();
    })
    { IsBackground = true, Name = "drain" }.Start();

    private void Finish()
    {
        // The output can be at its end before the process is.
        while (!Volatile.Read(ref _ended))
            Descriptor.Wait(-1, _wake.Read, WaitForever);
        _ = Libc.Close(_wake.Read);
        _input.Writer.TryComplete();

        var status = Volatile.Read(ref _status);
        var signal = status & 0x7f;
        Finished(new Exited { Code = signal == 0 ? (status >> 8) & 0xff : 128 + signal, Signal = signal });
    }

    private static long Microseconds() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
