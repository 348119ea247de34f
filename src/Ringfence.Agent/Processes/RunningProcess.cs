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

    /// <summary>The near end of its terminal, or -1.</summary>
    public int Terminal { get; init; } = -1;

    /// <summary>Called once when everything is sent, with the exit code.</summary>
    public required Action<RunningProcess, Exited> Finished { get; init; }

    /// <summary>Tells that the process has ended; called by the reaper.</summary>
    public void Ended(int status)
    {
        Volatile.Write(ref _status, status);
        Volatile.Write(ref _ended, true);
        _ = Libc.Close(_wake.Write);
    }

    /// <summary>Begins to read its output.</summary>
    public void Read(int output, int error)
    {
        _open = error >= 0 ? 2 : 1;
        Start(output, isError: false);
        if (error >= 0)
            Start(error, isError: true);
    }

    /// <summary>Begins to hand input on to a descriptor, which it closes at the end.</summary>
    public void FeedTo(int descriptor, bool close) => new Thread(() =>
    {
        while (_input.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_input.Reader.TryRead(out var data))
                Descriptor.Write(descriptor, data.Span);
        }

        if (close)
            _ = Libc.Close(descriptor);
    })
    { IsBackground = true, Name = "input" }.Start();

    /// <summary>Takes input; waits while the process does not read.</summary>
    public async ValueTask TypeAsync(Input input, CancellationToken cancel)
    {
        if (!input.Data.IsEmpty)
            await _input.Writer.WriteAsync(input.Data.Memory, cancel).ConfigureAwait(false);
        if (input.End)
            _input.Writer.TryComplete();
    }

    private void Start(int descriptor, bool isError) =>
        new Thread(() => Pump(descriptor, isError)) { IsBackground = true, Name = "output" }.Start();

    private void Pump(int descriptor, bool isError)
    {
        var buffer = new byte[Frames.PartLength];
        var atEnd = false;
        while (!atEnd)
        {
            var ended = Volatile.Read(ref _ended);
            var (readable, _) = Descriptor.Wait(descriptor, ended ? -1 : _wake.Read, ended ? PatienceAfterEnd : WaitForever);
            if (readable)
                atEnd = !Forward(descriptor, buffer, isError);
            else if (ended)
                break;
        }

        if (!atEnd)
            DrainInBackground(descriptor);
        else if (Terminal < 0)
            _ = Libc.Close(descriptor);

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
    private static void DrainInBackground(int descriptor) => new Thread(() =>
    {
        var buffer = new byte[4096];
        while (Descriptor.Read(descriptor, buffer) > 0)
        {
        }

        _ = Libc.Close(descriptor);
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
        Finished(this, new Exited { Code = signal == 0 ? (status >> 8) & 0xff : 128 + signal, Signal = signal });
    }

    private static long Microseconds() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
