namespace Ringfence.Primitives.Tests;

public sealed class ForwardStreamTests
{
    [Fact]
    public async Task Every_way_to_read_leads_to_the_one_that_is_overridden()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using Stream stream = new Counting();
        var buffer = new byte[2];

        Assert.Equal(2, stream.Read(buffer, 0, 2));
        Assert.Equal([0, 1], buffer);
        await stream.ReadExactlyAsync(buffer, cancel);
        Assert.Equal([2, 3], buffer);
#pragma warning disable CA1835 // The older way is what is tested.
        Assert.Equal(1, await stream.ReadAsync(buffer, 1, 1, cancel));
#pragma warning restore CA1835
        Assert.Equal([2, 4], buffer);
    }

    [Fact]
    public async Task Goes_neither_back_nor_the_other_way()
    {
        await using Stream stream = new Counting();

        Assert.False(stream.CanSeek);
        Assert.False(stream.CanWrite);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(0));
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position = 0);
        Assert.Throws<NotSupportedException>(() => stream.WriteByte(0));
    }

    private sealed class Counting : ForwardStream
    {
        private byte _next;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            foreach (ref var item in buffer)
                item = _next++;
            return buffer.Length;
        }
    }
}
