using Ringfence.Primitives;

namespace Ringfence.Runner.Tests.Archives;

/// <summary>A stream that gives its bytes in small pieces and then ends, fails, or calls something.</summary>
internal sealed class FakeStream(byte[] content, Action? atEnd = null, int piece = 1000) : ForwardStream
{
    private int _at;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        var taken = Math.Min(Math.Min(piece, buffer.Length), content.Length - _at);
        if (taken == 0)
            atEnd?.Invoke();
        content.AsSpan(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }
}
