namespace Ringfence.Primitives;

/// <summary>
/// A stream that is read or written once, from its beginning to its end. Whoever derives from it overrides the reading or the writing of
/// spans, and that of memory where it is asynchronous; all other ways to ask lead there.
/// </summary>
public abstract class ForwardStream : Stream
{
    private const string OnlyForward = "This stream goes forward only.";
    private const string OtherDirection = "This stream goes in the other direction only.";

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Not so: what has passed has passed. Who is asked for a length only if this is true may say it is, and still goes forward only.</summary>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException(OnlyForward);

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException(OnlyForward);
        set => throw new NotSupportedException(OnlyForward);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => throw new NotSupportedException(OtherDirection);

    /// <inheritdoc/>
    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException(OtherDirection);

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public sealed override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing, where nothing is held back.</summary>
    public override void Flush()
    {
    }

    /// <summary>Never possible.</summary>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException(OnlyForward);

    /// <summary>Never possible.</summary>
    public sealed override void SetLength(long value) => throw new NotSupportedException(OnlyForward);
}
