namespace Ringfence.Runner.Tests.Archives;

/// <summary>A forward-only stream that gives its bytes in small pieces and then ends, fails, or calls something.</summary>
internal sealed class FakeStream(byte[] content, Action? atEnd = null, int piece = 1000) : Stream
{
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var taken = Math.Min(Math.Min(piece, count), content.Length - _at);
        if (taken == 0)
            atEnd?.Invoke();
        content.AsSpan(_at, taken).CopyTo(buffer.AsSpan(offset));
        _at += taken;
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
