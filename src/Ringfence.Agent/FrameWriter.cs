using System.Buffers;
using Google.Protobuf;
using Ringfence.Agent.Native;
using Ringfence.Protocol;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent;

/// <summary>Sends messages to the runner, one at a time, from any thread. It blocks while the runner does not read: that is what slows a loud step down.</summary>
internal sealed class FrameWriter(int descriptor)
{
    private readonly Lock _lock = new();
    private bool _broken;

    /// <summary>Sends a message; without effect once the runner has gone.</summary>
    public void Send(FromAgent message)
    {
        var (buffer, length) = Frames.Write(message);
        try
        {
            lock (_lock)
            {
                if (!_broken)
                    _broken = !Descriptor.Write(descriptor, buffer.AsSpan(0, length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: false);
        }
    }

    /// <summary>Sends content without keeping it.</summary>
    public void SendPart(uint id, ReadOnlyMemory<byte> data, bool end = false) =>
        Send(new FromAgent { Id = id, Part = new Part { Data = UnsafeByteOperations.UnsafeWrap(data), End = end } });
}
