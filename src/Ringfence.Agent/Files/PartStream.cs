using Ringfence.Protocol;

namespace Ringfence.Agent.Files;

/// <summary>A stream whose content goes to the runner as parts of one answer.</summary>
internal sealed class PartStream(uint id, FrameWriter writer) : Stream
{
    private readonly byte[] _buffer = new byte[Frames.PartLength];
    private int _length;

    public ulong Sent { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("What is sent has no length yet.");

    public override long Position
    {
        get => (long)Sent + _length;
        set => throw new NotSupportedException("What is sent cannot be sent again.");
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

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

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Parts are only sent.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("Parts are only sent.");

    public override void SetLength(long value) => throw new NotSupportedException("Parts are only sent.");
}
