using Ringfence.Agent.Files;

namespace Ringfence.Agent.Tests.Files;

public sealed class FileSnapshotTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Is_as_long_as_the_file_was_when_it_has_grown()
    {
        File.WriteAllBytes(_path, [1, 2, 3]);
        using var snapshot = new FileSnapshot(_path);

        File.AppendAllBytes(_path, [4, 5]);

        Assert.Equal([1, 2, 3], ToArray(snapshot));
    }

    [Fact]
    public void Is_as_long_as_the_file_was_when_it_has_been_cut_off()
    {
        File.WriteAllBytes(_path, [1, 2, 3, 4]);
        using var snapshot = new FileSnapshot(_path);

        File.WriteAllBytes(_path, [1]);

        Assert.Equal([1, 0, 0, 0], ToArray(snapshot));
    }

    private static byte[] ToArray(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
