using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Ringfence.Protocol;

/// <summary>Writes frames: the length as four bytes, most significant first, then that many bytes of a protobuf message. <see cref="FrameReader"/> reads them.</summary>
public static class Frames
{
    /// <summary>No message is longer, in bytes. Content is cut into parts well below it.</summary>
    public const int LongestMessage = 16 * 1024 * 1024;

    /// <summary>How much content a sender puts into one message, in bytes. Below the size from which .NET's collector treats an object as large.</summary>
    public const int PartLength = 64 * 1024;

    internal const int HeaderLength = 4;

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
}
