using Microsoft.Extensions.Time.Testing;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Caches;
using Ringfence.Runner.Tests.Archives;

namespace Ringfence.Runner.Tests.Caches;

public sealed class CacheStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LocalStores _stores;

    public CacheStoreTests() => _stores = Open(StoreLimits.Default);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CacheStore Caches => _stores.Caches;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Rule("EX-7.33")]
    public async Task A_key_is_written_once_and_never_changes()
    {
        await SaveAsync("k", "one");
        _clock.Advance(TimeSpan.FromHours(1));

        var again = Assert.IsType<CacheSaveResult.AlreadyThere>(await SaveAsync("k", "two"));

        Assert.Equal("one", await RestoreAsync("k"));
        Assert.Equal(
            "Skipping cache generation, cache already exists for key: k\nFound one created at 2026-03-01 12:00:00 UTC", CacheMessages.AlreadyThere(again.Entry));
        Assert.Equal(again.Entry.CreatedAt, Caches.FindExact("p", "k")!.CreatedAt);
    }

    [Fact]
    [Rule("EX-7.35")]
    public async Task Of_two_writers_at_once_the_first_that_is_complete_wins()
    {
        var tar = Tars.Of(("f", "slow")).ToArray();
        CacheSaveResult? fast = null;
        // The other writer begins and ends while this one is still being read.
        var slow = await Caches.SaveAsync("p", "k", new FakeStream(tar, () => fast ??= SaveNow()), null, Cancel);

        Assert.IsType<CacheSaveResult.Saved>(fast);
        Assert.IsType<CacheSaveResult.AlreadyThere>(slow);
        Assert.Equal("fast", await RestoreAsync("k"));

        CacheSaveResult SaveNow() => Task.Run(() => Open(StoreLimits.Default).Caches.SaveAsync("p", "k", Tars.Of(("f", "fast")), null, Cancel)).GetAwaiter().GetResult();
    }

    [Fact]
    [Rule("EX-7.36", "EX-18.4")]
    public async Task The_newest_with_the_prefix_wins_even_over_an_exact_match()
    {
        await SaveAsync("v1-a", "old");
        await SaveAsync("v1-a-new", "new");

        Assert.Equal("new", await RestoreAsync("v1-a"));
    }

    [Fact]
    [Rule("EX-7.37", "EX-18.5")]
    public async Task Goes_from_candidate_to_candidate()
    {
        await SaveAsync("x-0", "zero");
        await SaveAsync("y", "later");

        var found = Assert.IsType<CacheFindResult.Hit>(await Caches.FindAsync("p", ["x-1", "x-", "y"], Cancel));
        await found.Content.DisposeAsync();

        Assert.Equal(["No cache is found for key: x-1"], found.Missed.Select(CacheMessages.Missed));
        Assert.Equal("x-0", found.Entry.Key);
        Assert.Equal(["a", "b"], Assert.IsType<CacheFindResult.Miss>(await Caches.FindAsync("p", ["a", "b"], Cancel)).Missed);
    }

    [Fact]
    [Rule("EX-7.39", "EX-7.42", "EX-14.4")]
    public async Task Scopes_do_not_see_each_other()
    {
        await SaveAsync("k", "project");

        Assert.IsType<CacheFindResult.Miss>(await Caches.FindAsync("p/fork:eve", ["k"], Cancel));
        Assert.IsType<CacheSaveResult.Saved>(await Caches.SaveAsync("p/fork:eve", "k", Tars.Of(("f", "fork")), null, Cancel));
        Assert.Equal("project", await RestoreAsync("k"));
    }

    [Fact]
    [Rule("EX-7.40")]
    public async Task A_cache_is_kept_for_15_days_or_shorter()
    {
        await SaveAsync("long", "x");
        await Caches.SaveAsync("p", "short", Tars.Of(("f", "y")), TimeSpan.FromDays(3), Cancel);
        await Caches.SaveAsync("p", "longer", Tars.Of(("f", "z")), TimeSpan.FromDays(99), Cancel);

        _clock.Advance(TimeSpan.FromDays(3));
        Assert.Null(Caches.FindExact("p", "short"));
        Assert.IsType<CacheSaveResult.Saved>(await Caches.SaveAsync("p", "short", Tars.Of(("f", "again")), null, Cancel));
        _clock.Advance(TimeSpan.FromDays(12));
        Assert.Equal(["short"], Caches.List().Select(entry => entry.Key));

        var pruned = await _stores.PruneAsync(Cancel);
        Assert.Equal(2, pruned.Caches);
        Assert.Single(Directory.GetFiles(_folder.At("blobs"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Beyond_the_limit_what_was_used_longest_ago_goes()
    {
        var small = Open(StoreLimits.Default with { CacheBytes = 900 }).Caches;
        foreach (var key in new[] { "a", "b", "c" })
        {
            await small.SaveAsync("p", key, Tars.Of(("f", "content of " + key)), null, Cancel);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        var size = small.List()[0].StoredSize;
        var room = Open(StoreLimits.Default with { CacheBytes = size * 3 + size / 2 }).Caches;
        await RestoreAsync("a");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await room.SaveAsync("p", "d", Tars.Of(("f", "content of d")), null, Cancel);

        Assert.Equal(["d", "c", "a"], room.List().Select(entry => entry.Key));
        Assert.Equal(3, Directory.GetFiles(_folder.At("blobs"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_damaged_cache_is_removed_and_the_next_is_taken()
    {
        await SaveAsync("k-1", "good");
        var bad = Assert.IsType<CacheSaveResult.Saved>(await SaveAsync("k-2", "bad")).Entry;
        await File.WriteAllTextAsync(_stores.Blobs.PathOf(bad.Digest), "broken", Cancel);

        var found = Assert.IsType<CacheFindResult.Hit>(await Caches.FindAsync("p", ["k-"], Cancel));
        await found.Content.DisposeAsync();

        Assert.Equal(("k-1", "k-2"), (found.Entry.Key, Assert.Single(found.Damaged).Key));
        Assert.IsType<CacheSaveResult.Saved>(await SaveAsync("k-2", "bad"));
    }

    [Fact]
    public async Task A_writer_that_fails_leaves_no_cache()
    {
        var failing = new FakeStream(Tars.Of(("f", "x")).ToArray(), () => throw new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => Caches.SaveAsync("p", "k", failing, null, Cancel));

        Assert.Empty(Caches.List());
        Assert.Equal([".lock"], _folder.Files());
    }

    [Fact]
    public async Task Removes_by_prefix_and_frees_the_disk()
    {
        await SaveAsync("a-1", "1");
        await SaveAsync("a-2", "2");
        await SaveAsync("b", "3");

        Assert.Equal(2, (await Caches.RemoveAsync("p", "a-", Cancel)).Length);
        Assert.Equal(["b"], Caches.List().Select(entry => entry.Key));
        Assert.Single(Directory.GetFiles(_folder.At("blobs"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    [Rule("EX-7.34")]
    public async Task Says_what_it_did()
    {
        var entry = Assert.IsType<CacheSaveResult.Saved>(await SaveAsync("k", new string('x', 2_000))).Entry;

        Assert.Equal("Found a cache created at 2026-03-01 12:00:00 UTC for key: k (4.0 KiB)", CacheMessages.Found(entry with { Size = 4096 }));
        Assert.Equal("Stored cache for key: k (1.5 GiB, 300 B on disk)", CacheMessages.Saved(entry with { Size = 3L << 29, StoredSize = 300 }));
        Assert.Equal("Removed a damaged cache for key: k", CacheMessages.Damaged(entry));
        Assert.Equal("Warning: skipping this path, which does not exist: /x", CacheMessages.MissingPath("/x"));
        Assert.StartsWith("Warning: none of the paths exists", CacheMessages.NothingToSave, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_index_file_counts_as_none()
    {
        await SaveAsync("k", "x");
        var index = Directory.GetFiles(_folder.At("caches"), "*.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(index, "{\"scope\":\"p\",\"key\":\"k", Cancel);

        Assert.Empty(Caches.List());
        Assert.IsType<CacheSaveResult.Saved>(await SaveAsync("k", "x"));
    }

    private LocalStores Open(StoreLimits limits) => new(_folder.Path, _clock, limits);

    private Task<CacheSaveResult> SaveAsync(string key, string content) => Caches.SaveAsync("p", key, Tars.Of(("f", content)), null, Cancel);

    private async Task<string> RestoreAsync(params string[] candidates)
    {
        var hit = Assert.IsType<CacheFindResult.Hit>(await Caches.FindAsync("p", candidates, Cancel));
        await using var content = hit.Content;
        await using var reader = new System.Formats.Tar.TarReader(content);
        var entry = await reader.GetNextEntryAsync(copyData: true, Cancel);
        return await new StreamReader(entry!.DataStream!).ReadToEndAsync(Cancel);
    }
}
