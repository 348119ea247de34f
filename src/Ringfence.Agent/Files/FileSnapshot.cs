using Ringfence.Primitives;

namespace Ringfence.Agent.Files;

/// <summary>A file as long as it was when it was opened: what is written to it meanwhile is left out, and what is cut off reads as zeros. An archive says first how long a file is.</summary>
internal sealed class FileSnapshot : ForwardStream
{
    private readonly FileStream _file;
    private long _position;

    public FileSnapshot(string path)
    {
        _file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
        Length = _file.Length;
    }

    public override bool CanRead => true;

    // An archive asks for the length only of what says that it can seek.
    public override bool CanSeek => true;

    public override long Length { get; }

    public override long Position { get => _position; set => base.Position = value; }

    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, Length - _position)];
        if (buffer.IsEmpty)
            return 0;
        var count = _file.Read(buffer);
        if (count == 0)
        {
            buffer.Clear();
            count = buffer.Length;
        }

        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }
}
