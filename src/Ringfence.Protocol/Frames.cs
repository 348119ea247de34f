using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Ringfence.Protocol;

/// <summary>Writes and reads frames: the length as four bytes, most significant first, then that many bytes of a protobuf message.</summary>
public static class Frames
{
    /// <summary>No message is longer, in bytes. Content is cut into parts well below it.</summary>
    public const int LongestMessage = 16 * 1024 * 1024;

    /// <summary>How much content a sender puts into one message, in bytes.</summary>
    public const int PartLength = 64 * 1024;

    private const int HeaderLength = 4;

    /// <summary>The bytes of a frame, in a rented buffer that the caller gives back to <see cref="ArrayPool{T}.Shared"/>.</summary>
    public static (byte[] Buffer, int Length) Write(IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var size = message.CalculateSize();
        if (size > LongestMessage)
            throw new ArgumentException($"The message has {size} bytes; a frame holds {LongestMessage}.", nameof(message));

        var buffer = ArrayPool<byte>.Shared.Rent(HeaderLength + size);
        BinaryPrimitives.WriteInt32BigEndian(buffer, size);
        message.WriteTo(buffer.AsSpan(HeaderLength, size));
        return (buffer, HeaderLength + size);
    }

    /// <summary>Reads the next message.</summary>
    /// <returns>The message; null at the end of the stream.</returns>
    /// <exception cref="ProtocolException">The stream ends inside a frame, or what it holds is not a message.</exception>
    public static async ValueTask<T?> ReadAsync<T>(Stream stream, MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(parser);
        var header = ArrayPool<byte>.Shared.Rent(HeaderLength);
        byte[]? body = null;
        try
        {
            var read = await stream.ReadAtLeastAsync(header.AsMemory(0, HeaderLength), HeaderLength, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
            if (read == 0)
                return null;
            if (read < HeaderLength)
                throw new ProtocolException("The stream ends inside the length of a frame.");

            var length = BinaryPrimitives.ReadInt32BigEndian(header);
            if (length is < 0 or > LongestMessage)
                throw new ProtocolException($"A frame says it has {length} bytes: what is at the other end does not speak this protocol.");

            body = ArrayPool<byte>.Shared.Rent(length);
            if (await stream.ReadAtLeastAsync(body.AsMemory(0, length), length, throwOnEndOfStream: false, cancel).ConfigureAwait(false) < length)
                throw new ProtocolException("The stream ends inside a frame.");
            return parser.ParseFrom(new ReadOnlySpan<byte>(body, 0, length));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ProtocolException("A frame holds no message of this protocol.", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
            if (body is not null)
                ArrayPool<byte>.Shared.Return(body);
        }
    }
}
