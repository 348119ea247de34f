using System.Security.Cryptography;
using Ringfence.Primitives;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Tests.Archives;

namespace Ringfence.Runner.Tests.Blobs;

public sealed class BlobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _content = [.. RandomNumberGenerator.GetBytes(300_000), .. new byte[300_000]];
    private readonly BlobStore _store;

    public BlobStoreTests() => _store = new BlobStore(_folder.Path, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gives_back_what_was_put_and_keeps_it_once()
    {
        var first = await _store.PutAsync(new FakeStream(_content), Cancel);
        var second = await new BlobStore(_folder.Path, TimeProvider.System).PutAsync(new MemoryStream(_content), Cancel);

        Assert.Equal(first, second);
        Assert.Equal((Digest.Of(_content), _content.LongLength), (first.Digest, first.Size));
        Assert.Single(Blobs());
        Assert.Equal(first.StoredSize, new FileInfo(Blobs()[0]).Length);
        Assert.InRange(first.StoredSize, 300_000, 302_000);
        Assert.Equal(_content, await ReadAsync(first.Digest));
    }

    [Fact]
    public async Task Is_not_for_other_users_of_the_machine()
    {
        var root = Path.Combine(_folder.Path, "store");
        await new BlobStore(root, TimeProvider.System).PutAsync(new MemoryStream(_content), Cancel);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(root));
    }

    [Fact]
    public async Task Keeps_an_empty_content()
    {
        var entry = await _store.PutAsync(Stream.Null, Cancel);

        Assert.Empty(await ReadAsync(entry.Digest));
    }

    [Fact]
    public async Task Writes_files_that_zstd_reads()
    {
        await _store.PutAsync(new MemoryStream(_content), Cancel);

        Assert.Equal(_content, await SystemProgram.RunAsync("zstd", "-dc", Blobs()[0]));
    }

    [Fact]
    public async Task A_writer_that_fails_midway_leaves_nothing()
    {
        var failing = new FakeStream(_content, () => throw new InvalidOperationException("gone"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.PutAsync(failing, Cancel));

        Assert.Equal([".lock"], _folder.Files());
    }

    [Fact]
    public async Task Says_that_the_disk_is_full_and_leaves_nothing()
    {
        // Linux has a file for this: each write to it fails with ENOSPC.
        var store = new BlobStore(_folder.Path, TimeProvider.System)
        {
            OpenDraft = _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0),
        };

        var error = await Assert.ThrowsAsync<StoreException>(() => store.PutAsync(new MemoryStream(_content), Cancel));

        Assert.Contains("is full: free some space", error.Message, StringComparison.Ordinal);
        Assert.Equal([".lock"], _folder.Files());
    }

    [Fact]
    public async Task The_next_start_removes_what_a_crash_left_and_nothing_that_is_being_written()
    {
        var left = _folder.WithFile("drafts/left.tmp", "half");
        var leftIndex = _folder.WithFile("caches/p/x.json.tmp", "{");
        using var writing = new FileStream(_folder.At("drafts/writing.tmp"), FileMode.CreateNew, FileAccess.Write, FileShare.None);

        await _store.PutAsync(Stream.Null, Cancel);

        Assert.False(File.Exists(left));
        Assert.False(File.Exists(leftIndex));
        Assert.True(File.Exists(writing.Name));
    }

    [Fact]
    public async Task Never_serves_a_damaged_blob()
    {
        var entry = await _store.PutAsync(new MemoryStream(_content), Cancel);
        var whole = await File.ReadAllBytesAsync(Blobs()[0], Cancel);
        foreach (var length in new[] { 0, 10, whole.Length / 2, whole.Length - 1 })
        {
            await File.WriteAllBytesAsync(Blobs()[0], whole[..length], Cancel);
            Assert.Throws<DamagedBlobException>(() => _store.Open(entry.Digest, Cancel));
        }

        foreach (var place in new[] { 0, whole.Length / 2, whole.Length - 20 })
        {
            byte[] changed = [.. whole];
            changed[place] ^= 1;
            await File.WriteAllBytesAsync(Blobs()[0], changed, Cancel);
            Assert.Throws<DamagedBlobException>(() => _store.Open(entry.Digest, Cancel));
        }

        Assert.Equal([entry.Digest], await _store.RemoveDamagedAsync(Cancel));
        Assert.Throws<DamagedBlobException>(() => _store.Open(entry.Digest, Cancel));
    }

    [Fact]
    public async Task A_blob_under_a_wrong_name_is_not_served()
    {
        var entry = await _store.PutAsync(new MemoryStream(_content), Cancel);
        var wrong = Digest.Of("other"u8);
        Directory.CreateDirectory(Path.GetDirectoryName(_store.PathOf(wrong))!);
        File.Copy(_store.PathOf(entry.Digest), _store.PathOf(wrong));

        Assert.Throws<DamagedBlobException>(() => _store.Open(wrong, Cancel));
    }

    [Fact]
    public async Task Storing_again_heals_a_damaged_blob()
    {
        var entry = await _store.PutAsync(new MemoryStream(_content), Cancel);
        await File.WriteAllTextAsync(Blobs()[0], "broken", Cancel);

        await _store.PutAsync(new MemoryStream(_content), Cancel);

        Assert.Equal(_content, await ReadAsync(entry.Digest));
    }

    [Fact]
    public async Task Sweeps_what_no_index_names()
    {
        await _store.PutAsync(new MemoryStream(_content), Cancel);

        Assert.True(await _store.SweepAsync(Cancel) > 0);
        Assert.Empty(Blobs());
    }

    [Fact]
    public async Task Waits_for_another_process_and_goes_on_when_that_is_killed()
    {
        var start = new System.Diagnostics.ProcessStartInfo("flock", [_folder.At(".lock"), "-c", "echo locked; exec cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var other = System.Diagnostics.Process.Start(start)!;
        Assert.Equal("locked", await other.StandardOutput.ReadLineAsync(Cancel));

        var put = _store.PutAsync(new MemoryStream(_content), Cancel);
        Assert.False(put.IsCompleted);
        other.Kill(entireProcessTree: true);

        Assert.Equal(_content, await ReadAsync((await put).Digest));
    }

    [Fact]
    public async Task Many_writers_and_sweepers_at_once_do_not_disturb_each_other()
    {
        var writers = Enumerable.Range(0, 16).Select(async number =>
        {
            var stores = new LocalStores(_folder.Path, TimeProvider.System, StoreLimits.Default);
            var tar = Tars.Of(("n", (number % 4).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            await stores.Caches.SaveAsync("p", $"key-{number}", tar, null, Cancel);
            await stores.Blobs.SweepAsync(Cancel);
        });

        await Task.WhenAll(writers.Select(writer => Task.Run(() => writer, Cancel)));

        var all = new LocalStores(_folder.Path, TimeProvider.System, StoreLimits.Default);
        Assert.Equal(16, all.Caches.List().Length);
        Assert.All(all.Caches.List(), entry => Assert.True(all.Blobs.Contains(entry.Digest)));
        Assert.Empty(await all.Blobs.RemoveDamagedAsync(Cancel));
    }

    private string[] Blobs() => Directory.GetFiles(_folder.At("blobs"), "*.zst", SearchOption.AllDirectories);

    private async Task<byte[]> ReadAsync(Digest digest)
    {
        await using var content = _store.Open(digest, Cancel);
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, Cancel);
        return bytes.ToArray();
    }
}
