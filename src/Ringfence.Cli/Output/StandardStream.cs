using System.Runtime.InteropServices;
using Ringfence.Primitives;

namespace Ringfence.Cli.Output;

/// <summary>Standard output or standard error. Unlike the runtime's own it says when the reader has gone; unlike a file's it goes on where others that share it have written.</summary>
internal sealed partial class StandardStream(int descriptor) : ForwardStream
{
    private const int Interrupted = 4;
    private const int WouldBlock = 11;
    private const int BrokenPipe = 32;
    private const short Writable = 4;
    private const int NoLimit = -1;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>Writes all of it.</summary>
    /// <exception cref="OutputLostException">It cannot be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = Write(descriptor, in MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else
                Answer(Marshal.GetLastPInvokeError());
        }
    }

    private void Answer(int error)
    {
        if (error is Interrupted)
            return;
        if (error is not WouldBlock)
            throw new OutputLostException(error is BrokenPipe ? "nobody reads it any more" : Marshal.GetPInvokeErrorMessage(error), error is BrokenPipe);

        // Another program that has the same terminal or pipe asked for that.
        var wanted = new Wait { Descriptor = descriptor, Events = Writable };
        _ = Poll(ref wanted, 1, NoLimit);
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, in byte bytes, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref Wait waits, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Wait
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
