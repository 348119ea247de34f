using System.Buffers.Binary;
using Google.Protobuf;

namespace Ringfence.Protocol;

/// <summary>Reads frames from a stream, as <see cref="Frames"/> writes them. It reads ahead, so nobody else may read the stream. One call at a time.</summary>
public sealed class FrameReader(Stream stream)
{
    // A read of a pipe costs more than the copy of what it brings: as many frames as are there come with one.
    private const int FirstLength = 64 * 1024;

    private byte[] _buffer = new byte[FirstLength];
    private int _start;
    private int _end;

    /// <summary>Reads the next message.</summary>
    /// <returns>The message; null at the end of the stream.</returns>
    /// <exception cref="ProtocolException">The stream ends inside a frame, or what it holds is not a message.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(parser);
        if (!await HasAsync(Frames.HeaderLength, cancel).ConfigureAwait(false))
            return _start == _end ? null : throw new ProtocolException("The stream ends inside the length of a frame.");

        var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start));
        if (length is < 0 or > Frames.LongestMessage)
            throw new ProtocolException($"A frame says it has {length} bytes: what is at the other end does not speak this protocol.");
        if (!await HasAsync(Frames.HeaderLength + length, cancel).ConfigureAwait(false))
            throw new ProtocolException("The stream ends inside a frame.");

        try
        {
            return parser.ParseFrom(new ReadOnlySpan<byte>(_buffer, _start + Frames.HeaderLength, length));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ProtocolException("A frame holds no message of this protocol.", e);
        }
        finally
        {
            // A passphrase and a job's variables come this way.
            Array.Clear(_buffer, _start, Frames.HeaderLength + length);
            _start += Frames.HeaderLength + length;
        }
    }

    /// <summary>Reads until that many bytes wait in the buffer; false when the stream ends before.</summary>
    private async ValueTask<bool> HasAsync(int count, CancellationToken cancel)
    {
        while (_end - _start < count)
        {
            MakeRoom(count);
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancel).ConfigureAwait(false);
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }

    private void MakeRoom(int count)
    {
        if (_start + count <= _buffer.Length && _end < _buffer.Length)
            return;

        // Twice the longest frame so far: while one is taken, the next arrives behind it.
        var target = count > _buffer.Length / 2 ? new byte[Math.Max(_buffer.Length, 2 * count)] : _buffer;
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        if (target != _buffer)
            Array.Clear(_buffer, _start, _end - _start);
        (_buffer, _start, _end) = (target, 0, _end - _start);
    }
}
