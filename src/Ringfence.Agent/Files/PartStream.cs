using Ringfence.Primitives;
using Ringfence.Protocol;

namespace Ringfence.Agent.Files;

/// <summary>A stream whose content goes to the runner as parts of one answer.</summary>
internal sealed class PartStream(uint id, FrameWriter writer) : ForwardStream
{
    private readonly byte[] _buffer = new byte[Frames.PartLength];
    private int _length;

    public ulong Sent { get; private set; }

    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var count = Math.Min(buffer.Length, _buffer.Length - _length);
            buffer[..count].CopyTo(_buffer.AsSpan(_length));
            _length += count;
            buffer = buffer[count..];
            if (_length == _buffer.Length)
                Flush();
        }
    }

    public override void Flush()
    {
        if (_length == 0)
            return;
        writer.SendPart(id, _buffer.AsMemory(0, _length));
        Sent += (ulong)_length;
        _length = 0;
    }
}
