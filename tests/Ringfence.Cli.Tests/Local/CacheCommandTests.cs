using System.Security.Cryptography;
using Ringfence.Cli.Output;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Tests.Local;

public sealed class CacheCommandTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly CommandRun _run;

    public CacheCommandTests() => _run = new CommandRun { Clock = _clock }.WithVariable("RINGFENCE_HOME", "state");

    private string Store => Path.Combine(_run.Folder, "state", "store");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_caches_with_their_sizes_and_ages()
    {
        await SaveThreeAsync();

        Golden.Check((await _run.Run("cache", "ls")).Transcript, "tests/Ringfence.Cli.Tests/Local/Goldens/cache-ls.txt");
        Golden.Check((await _run.Run("cache", "ls", "--format", "json")).Transcript, "tests/Ringfence.Cli.Tests/Local/Goldens/cache-ls-json.txt");
        var one = await _run.Run("cache", "ls", "--project", "gh/acme/app");
        Assert.Equal((0, 3, "2 caches, "), (one.Exit, one.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, one.Error[..10]));
    }

    [Fact]
    public async Task Says_how_caches_come_to_be_when_there_are_none()
    {
        Assert.Equal("exit 0\n--- stdout\n--- stderr\nThere are no caches yet. The step save_cache of a job makes them.\n", (await _run.Run("cache", "ls")).Transcript);
        Assert.Equal("The project gh/acme/app has no caches.\n", (await _run.Run("cache", "ls", "--project", "gh/acme/app")).Error);
        Assert.Equal("exit 0\n--- stdout\n[]\n--- stderr\n", (await _run.Run("cache", "ls", "--format", "json")).Transcript);
        Assert.Equal("exit 0\n--- stdout\n--- stderr\nThere are no caches.\n", (await _run.Run("cache", "rm", "--all")).Transcript);
        Assert.Equal("exit 0\n--- stdout\n--- stderr\nThere was nothing to remove.\n", (await _run.Run("cache", "prune")).Transcript);
        Assert.False(Directory.Exists(Path.Combine(_run.Folder, "state")));
    }

    [Fact]
    public async Task Shows_keys_that_could_drive_a_terminal_as_text()
    {
        await SaveAsync("gh/acme/app", "v1-\u001b[2J", 10);

        Assert.Contains(@"v1-\x1b[2J", (await _run.Run("cache", "ls")).Out, StringComparison.Ordinal);
        Assert.Contains(@"v1-\x1b[2J", (await _run.Run("cache", "rm", "v1-")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removes_by_the_start_of_the_key()
    {
        await SaveThreeAsync();

        Golden.Check((await _run.Run("cache", "rm", "v1-")).Transcript, "tests/Ringfence.Cli.Tests/Local/Goldens/cache-rm.txt");

        Assert.Equal(["v2-main"], Keys());
        Assert.Single(Blobs());
    }

    [Fact]
    public async Task Removes_from_one_project_alone()
    {
        await SaveThreeAsync();

        Assert.StartsWith("Removed v1-main of gh/acme/tools (", (await _run.Run("cache", "rm", "v1-", "--project", "gh/acme/tools")).Error, StringComparison.Ordinal);
        Assert.Equal(["v2-main", "v1-main"], Keys());
    }

    [Fact]
    public async Task Removes_all()
    {
        await SaveThreeAsync();

        Assert.Contains("3 caches removed, ", (await _run.Run("cache", "rm", "--all")).Error, StringComparison.Ordinal);
        Assert.Empty(Keys());
        Assert.Empty(Blobs());
    }

    [Fact]
    public async Task Refuses_to_remove_what_is_not_there_or_not_named()
    {
        await SaveThreeAsync();

        (await _run.Run("cache", "rm", "v9-")).AssertRefused("No cache has a key that begins with 'v9-'.");
        (await _run.Run("cache", "rm", "v2-", "--project", "gh/acme/tools")).AssertRefused("No cache in the project gh/acme/tools has a key that begins with 'v2-'.");
        foreach (var arguments in (string[][])[["cache", "rm"], ["cache", "rm", ""], ["cache", "rm", "v1-", "--all"]])
            (await _run.Run(arguments)).AssertRefused("It is not clear which caches to remove.");
        Assert.Equal(3, Keys().Length);
    }

    [Fact]
    [Rule("EX-7.40")]
    public async Task Prunes_what_has_expired()
    {
        await SaveThreeAsync();
        _clock.Now += TimeSpan.FromDays(14.5);

        Assert.Matches("^exit 0\n--- stdout\n--- stderr\nRemoved 1 cache; freed [0-9.]+ KiB.\n$", (await _run.Run("cache", "prune")).Transcript);
        Assert.Equal(["v2-main", "v1-main"], Keys());
        Assert.Equal("There was nothing to remove.\n", (await _run.Run("cache", "prune")).Error);
    }

    [Fact]
    public async Task Prunes_what_was_used_longest_ago_beyond_a_size()
    {
        await SaveThreeAsync();

        Assert.StartsWith("Removed 2 caches; freed ", (await _run.Run("cache", "prune", "--max-size", "4KiB")).Error, StringComparison.Ordinal);
        Assert.Equal(["v1-main"], Keys());
        Assert.StartsWith("Removed 1 cache; freed ", (await _run.Run("cache", "prune", "--max-size", "0")).Error, StringComparison.Ordinal);
        Assert.Empty(Keys());
    }

    [Fact]
    public async Task Prunes_content_that_nothing_uses()
    {
        await new LocalStores(Store, _clock, StoreLimits.Default).Blobs.PutAsync(new MemoryStream(RandomNumberGenerator.GetBytes(5000)), Cancel);

        Assert.StartsWith("Freed 5.0 KiB that nothing used any more.", (await _run.Run("cache", "prune")).Error, StringComparison.Ordinal);
        Assert.Empty(Blobs());
    }

    [Theory]
    [InlineData("much")]
    [InlineData("-1GB")]
    [InlineData("10XB")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    [InlineData("9999999999TiB")]
    public async Task Refuses_what_is_no_size(string size) =>
        (await _run.Run("cache", "prune", "--max-size", size)).AssertRefused($"'{size}' is not a size. Write it like 500MB or 5GB.");

    [Theory]
    [InlineData("ls")]
    [InlineData("rm", "v1-")]
    [InlineData("prune")]
    public async Task Says_when_there_is_no_folder_for_state(params string[] arguments)
    {
        using var run = new CommandRun().WithVariable("HOME", "");

        (await run.Run(["cache", .. arguments])).AssertRefused("neither HOME nor RINGFENCE_HOME is set.");
    }

    [Theory]
    [InlineData("rm", "v1-")]
    [InlineData("prune")]
    public async Task Says_in_one_sentence_when_the_store_cannot_be_changed(params string[] arguments)
    {
        await SaveThreeAsync();
        File.Delete(Path.Combine(Store, ".lock"));

        // Nobody can write into a folder as if it were a file, not even root.
        Directory.CreateDirectory(Path.Combine(Store, ".lock"));

        var result = await _run.Run(["cache", .. arguments]);

        Assert.Equal((int)ExitCode.CannotWrite, result.Exit);
        Assert.StartsWith("error[RF9202]: Cannot write to ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("10GB", 10_000_000_000)]
    [InlineData("10gb", 10_000_000_000)]
    [InlineData("1.5 GiB", 3L << 29)]
    [InlineData("512MiB", 512L << 20)]
    [InlineData("7 B", 7)]
    public void Reads_sizes(string text, long bytes)
    {
        Assert.True(ByteText.TryParse(text, out var read, out _));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(5L << 30, "5.0 GiB")]
    [InlineData(5L << 40, "5.0 TiB")]
    public void Writes_sizes(long bytes, string text) => Assert.Equal(text, ByteText.Of(bytes));

    public void Dispose() => _run.Dispose();

    private async Task SaveThreeAsync()
    {
        await SaveAsync("gh/acme/app", "v1-main", 3000);
        _clock.Now += TimeSpan.FromDays(1);
        await SaveAsync("gh/acme/app", "v2-main", 2_000_000);
        _clock.Now += TimeSpan.FromMinutes(90);
        await SaveAsync("gh/acme/tools", "v1-main", 1000);
        _clock.Now += TimeSpan.FromSeconds(20);
    }

    private async Task SaveAsync(string project, string key, int bytes)
    {
        // The same bytes at every run, of a kind that cannot be made smaller.
        var content = new byte[bytes];
        for (var i = 0; i < bytes; i += 32)
            SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{project} {key} {i}")).AsSpan(0, Math.Min(32, bytes - i)).CopyTo(content.AsSpan(i));
        await new LocalStores(Store, _clock, StoreLimits.Default).Caches.SaveAsync(project, key, new MemoryStream(content), null, Cancel);
    }

    private string[] Keys() => [.. new LocalStores(Store, _clock, StoreLimits.Default).Caches.List().Select(c => c.Key)];

    private string[] Blobs() => Directory.GetFiles(Path.Combine(Store, "blobs"), "*", SearchOption.AllDirectories);
}
