using System.Formats.Tar;
using CsCheck;
using Ringfence.Runner.Archives;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.Tests.Archives;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SafeTarTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Target => _folder.At("target");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Unpacks_what_tar_packs()
    {
        _folder.WithFile("source/a/b.txt", "b");
        _folder.WithFile("source/" + new string('n', 180) + "/" + new string('m', 200), "long");
        File.CreateSymbolicLink(_folder.At("source/link"), "a/b.txt");
        foreach (var format in new[] { "gnu", "pax", "ustar" })
        {
            if (format == "ustar")
                Directory.Delete(_folder.At("source/" + new string('n', 180)), recursive: true);
            var tar = await SystemProgram.RunAsync("tar", "--format=" + format, "-C", _folder.At("source"), "-cf", "-", ".");
            var to = Target + format;

            await SafeTar.ExtractAsync(new FakeStream(tar), to, ArchiveLimits.Default, ExtractionChoice.All, Cancel);

            await SystemProgram.RunAsync("diff", "-r", "--no-dereference", _folder.At("source"), to);
        }
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/evil")]
    [InlineData("a/../../evil")]
    public async Task Refuses_names_that_leave_the_folder(string name)
    {
        await Assert.ThrowsAsync<ArchiveException>(() => ExtractAsync(Tars.File(name, "x")));
        Assert.False(File.Exists(_folder.At("evil")));
    }

    [Theory]
    [InlineData("link", "/etc")]
    [InlineData("link", "..")]
    [InlineData("a/link", "../..")]
    [InlineData("a/link", "b/../../..")]
    [InlineData("link", "a/..")]
    public Task Refuses_links_that_leave_the_folder(string name, string target) =>
        Assert.ThrowsAsync<ArchiveException>(() => ExtractAsync(Tars.Link(TarEntryType.SymbolicLink, name, target)));

    [Fact]
    public async Task Keeps_links_that_stay()
    {
        await ExtractAsync(Tars.File("a/b", "content"), Tars.Link(TarEntryType.SymbolicLink, "c/d", "../a/b"));

        Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(Target, "c/d"), Cancel));
    }

    [Fact]
    public async Task Does_not_write_through_a_link()
    {
        _folder.WithFile("outside/file", "mine");
        Directory.CreateDirectory(Target);
        File.CreateSymbolicLink(Path.Combine(Target, "folder"), _folder.At("outside"));
        File.CreateSymbolicLink(Path.Combine(Target, "file"), _folder.At("outside/file"));

        await Assert.ThrowsAsync<ArchiveException>(() => ExtractAsync(Tars.File("folder/file", "x")));
        await ExtractAsync(Tars.File("file", "new"));

        Assert.Equal("mine", await File.ReadAllTextAsync(_folder.At("outside/file"), Cancel));
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(Target, "file"), Cancel));
    }

    [Fact]
    public async Task Copies_hard_links_within_the_archive_and_no_others()
    {
        var result = await ExtractAsync(Tars.File("a", "content"), Tars.Link(TarEntryType.HardLink, "b", "a"));
        Assert.Equal(["a", "b"], result.Files.Select(file => file.Path));
        Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(Target, "b"), Cancel));

        await Assert.ThrowsAsync<ArchiveException>(() => ExtractAsync(Tars.Link(TarEntryType.HardLink, "d", "a")));
        await Assert.ThrowsAsync<ArchiveException>(() => ExtractAsync(Tars.Link(TarEntryType.HardLink, "d", "/etc/passwd")));
    }

    [Fact]
    public async Task Counts_a_file_once_for_each_of_its_names()
    {
        var little = ArchiveLimits.Default with { Bytes = 20 };
        var tar = Tars.With([Tars.File("a", "0123456789"), .. Enumerable.Range(0, 3).Select(i => Tars.Link(TarEntryType.HardLink, $"l{i}", "a"))]);

        await Assert.ThrowsAsync<ArchiveException>(() => SafeTar.ExtractAsync(tar, Target, little, ExtractionChoice.All, Cancel));

        Assert.Equal(3, Directory.GetFiles(Target).Length);
    }

    [Fact]
    public async Task Refuses_devices_and_pipes()
    {
        await Assert.ThrowsAsync<ArchiveException>(() => ExtractAsync(new PaxTarEntry(TarEntryType.CharacterDevice, "null") { DeviceMajor = 1, DeviceMinor = 3 }));
        await Assert.ThrowsAsync<ArchiveException>(() => ExtractAsync(new PaxTarEntry(TarEntryType.Fifo, "pipe")));
    }

    [Fact]
    public async Task Keeps_modes_and_times_but_not_the_set_user_bit()
    {
        await ExtractAsync(Tars.File("a", "x"));

        var path = Path.Combine(Target, "a");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead, File.GetUnixFileMode(path));
        Assert.Equal(Tars.Time.UtcDateTime, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public async Task Stops_at_its_limits()
    {
        var few = ArchiveLimits.Default with { Entries = 1, Bytes = 10 };
        await Assert.ThrowsAsync<ArchiveException>(() => SafeTar.ExtractAsync(Tars.Of(("a", ""), ("b", "")), Target, few, ExtractionChoice.All, Cancel));
        await Assert.ThrowsAsync<ArchiveException>(() => SafeTar.ExtractAsync(Tars.Of(("a", "12345678901")), Target, few, ExtractionChoice.All, Cancel));
        var shortHeaders = ArchiveLimits.Default with { HeaderBytes = 200 };
        await Assert.ThrowsAsync<ArchiveException>(
            () => SafeTar.ExtractAsync(Tars.Of((new string('a', 150) + "/" + new string('b', 250), "")), Target, shortHeaders, ExtractionChoice.All, Cancel));
    }

    [Fact]
    public async Task Whatever_the_bytes_are_nothing_leaves_the_folder() => await Gen.Select(Gen.Int[0, 5119], Gen.Byte).Array[1, 6].SampleAsync(
        async changes =>
        {
            var tar = Tars.With(
                Tars.File("a/b", "content"), Tars.Link(TarEntryType.SymbolicLink, "l", "a"), Tars.Link(TarEntryType.HardLink, "h", "a/b")).ToArray();
            foreach (var (at, value) in changes)
                tar[at % tar.Length] = value;

            var error = await Record.ExceptionAsync(
                () => SafeTar.ExtractAsync(new FakeStream(tar), Target, ArchiveLimits.Default, ExtractionChoice.All, Cancel));

            if (error is not (null or ArchiveException or StoreException))
                throw new InvalidOperationException("Another exception.", error);
            Assert.Equal(["target"], Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)));
        },
        iter: 300,
        threads: 1);

    [Fact]
    public async Task Says_that_an_archive_is_cut_off()
    {
        var tar = Tars.Of(("a", new string('x', 2000))).ToArray();

        await Assert.ThrowsAsync<ArchiveException>(() =>
            SafeTar.ExtractAsync(new FakeStream(tar[..1500]), Target, ArchiveLimits.Default, ExtractionChoice.All, Cancel));
        await Assert.ThrowsAsync<ArchiveException>(() =>
            SafeTar.ExtractAsync(new FakeStream([.. Enumerable.Repeat((byte)'z', 1024)]), Target, ArchiveLimits.Default, ExtractionChoice.All, Cancel));
    }

    [Fact]
    public async Task Writes_a_folder_that_tar_reads_and_that_is_always_the_same()
    {
        _folder.WithFile("source/b", "bb");
        _folder.WithFile("source/a/ü", "a");
        File.SetUnixFileMode(_folder.At("source/b"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(_folder.At("source/link"), "a/ü");

        var first = await PackAsync(["b", "a", "a/ü", "link", "gone"]);
        var second = await PackAsync(["link", "./a/", "a/ü", "b"]);

        Assert.Equal(first, second);
        await File.WriteAllBytesAsync(_folder.At("x.tar"), first, Cancel);
        Directory.CreateDirectory(Target);
        await SystemProgram.RunAsync("tar", "-C", Target, "-xpf", _folder.At("x.tar"));
        await SystemProgram.RunAsync("diff", "-r", "--no-dereference", _folder.At("source"), Target);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(Target, "b")));
        await Assert.ThrowsAsync<ArchiveException>(() => PackAsync(["../x"]));
    }

    private async Task<byte[]> PackAsync(string[] names)
    {
        using var tar = new MemoryStream();
        await TarFolder.WriteAsync(_folder.At("source"), names, tar, Cancel);
        return tar.ToArray();
    }

    private Task<Extraction> ExtractAsync(params TarEntry[] entries) =>
        SafeTar.ExtractAsync(new FakeStream(Tars.With(entries).ToArray()), Target, ArchiveLimits.Default, ExtractionChoice.All, Cancel);
}
