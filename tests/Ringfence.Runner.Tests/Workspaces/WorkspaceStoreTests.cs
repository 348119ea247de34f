using System.Formats.Tar;
using System.Collections.Frozen;
using Microsoft.Extensions.Time.Testing;
using Ringfence.Runner.Archives;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Tests.Archives;
using Ringfence.Runner.Workspaces;

namespace Ringfence.Runner.Tests.Workspaces;

public sealed class WorkspaceStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LocalStores _stores;

    public WorkspaceStoreTests() => _stores = new LocalStores(_folder.Path, _clock, StoreLimits.Default);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Rule("EX-7.54", "EX-7.56")]
    public async Task Gives_the_layers_of_upstream_jobs_in_the_order_of_the_graph()
    {
        await PersistAsync("late", "late.txt", "both.txt");
        await PersistAsync("early", "early.txt", "both.txt");
        await PersistAsync("elsewhere", "both.txt");

        var layers = Applied(Job("early"), Job("late", "early"));

        Assert.Equal(["early", "late"], layers.Select(layer => layer.Author.Job));
        Assert.Equal(["both.txt", "early.txt"], layers[0].Files);
        await using var tar = _stores.Workspaces.Open(layers[0], Cancel);
        var result = await SafeTar.ExtractAsync(tar, _folder.At("out"), ArchiveLimits.Default, ExtractionChoice.All, Cancel);
        Assert.Equal(["early.txt", "both.txt"], result.Files.Select(file => file.Path));
    }

    [Fact]
    [Rule("EX-7.57", "EX-18.6")]
    public async Task Concurrent_jobs_may_not_write_the_same_file()
    {
        await PersistAsync("a", "out/r.txt", "a.txt");
        await PersistAsync("b", "./out/r.txt", "b.txt");

        var conflict = Assert.IsType<WorkspaceAttachment.Conflict>(_stores.Workspaces.LayersFor("w", [Job("a"), Job("b")]));

        Assert.Equal("Concurrent upstream jobs persisted the same file(s) into the workspace:\n  - out/r.txt", WorkspaceMessages.Conflict(conflict.Files));
        Assert.Equal(2, Applied(Job("a"), Job("b", "a")).Length);
    }

    [Fact]
    [Rule("EX-7.58")]
    public async Task Parallel_runs_of_a_job_add_up_but_may_not_write_the_same_file()
    {
        await PersistAsync(new WorkspaceAuthor("a", 1, "1"), "one");
        await PersistAsync(new WorkspaceAuthor("a", 0, "1"), "zero");
        await PersistAsync(new WorkspaceAuthor("a", 0, "1"), "zero");
        Assert.Equal([0, 0, 1], Applied(Job("a")).Select(layer => layer.Author.NodeIndex));

        await PersistAsync(new WorkspaceAuthor("a", 1, "1"), "zero");
        var conflict = Assert.IsType<WorkspaceAttachment.Conflict>(_stores.Workspaces.LayersFor("w", [Job("a")]));
        Assert.Equal(["zero"], conflict.Files);
    }

    [Fact]
    [Rule("EX-7.58")]
    public async Task Parallel_runs_of_a_job_may_write_the_same_file_when_it_is_the_same()
    {
        foreach (var format in new[] { "gnu", "pax" })
        {
            var job = "of-" + format;
            for (var node = 0; node < 2; node++)
            {
                var folder = $"{format}-{node}";
                foreach (var (name, content) in new[] { ("same", "shared"), ("other", $"of {node}"), ("late", "before"), ("empty", "") })
                    _folder.WithFile($"{folder}/{name}", content);
                var beginning = new string('t', 150);
                File.CreateSymbolicLink(_folder.At($"{folder}/link"), beginning + "same");
                File.CreateSymbolicLink(_folder.At($"{folder}/other-link"), beginning + node);
                var tar = await SystemProgram.RunAsync("tar", "--format=" + format, "-C", _folder.At(folder), "-cf", "-", ".");
                await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor(job, node, "1"), new FakeStream(tar, piece: 77), null, Cancel);
            }

            // A later step of one of them.
            await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor(job, 1, "1"), Tars.Of(("late", "after")), null, Cancel);

            var conflict = Assert.IsType<WorkspaceAttachment.Conflict>(_stores.Workspaces.LayersFor("w", [Job(job)]));
            Assert.Equal(["late", "other", "other-link"], conflict.Files);
        }

        await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor("a", 0, "1"), Tars.Of(("f", "same")), null, Cancel);
        await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor("a", 1, "1"), Tars.Of(("f", "other")), null, Cancel);
        await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor("a", 1, "1"), Tars.Of(("f", "same")), null, Cancel);
        Assert.Equal(3, Applied(Job("a")).Length);

        // Jobs do different work, so there it stays a conflict.
        await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor("b", 0, "1"), Tars.Of(("f", "same")), null, Cancel);
        Assert.IsType<WorkspaceAttachment.Conflict>(_stores.Workspaces.LayersFor("w", [Job("a"), Job("b")]));
    }

    [Fact]
    [Rule("EX-7.58")]
    public async Task A_second_name_of_a_file_counts_by_what_is_in_the_file()
    {
        await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor("a", 0, "1"), Tars.With(Tars.File("one", "same"), Tars.Link(TarEntryType.HardLink, "two", "./one")), null, Cancel);
        await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor("a", 1, "1"), Tars.Of(("one", "same"), ("two", "same")), null, Cancel);
        Assert.Equal(2, Applied(Job("a")).Length);

        await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor("a", 1, "1"), Tars.Of(("two", "other")), null, Cancel);
        Assert.Equal(["two"], Assert.IsType<WorkspaceAttachment.Conflict>(_stores.Workspaces.LayersFor("w", [Job("a")])).Files);
        await Assert.ThrowsAsync<ArchiveException>(() => _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor("b", 0, "1"), Tars.With(Tars.Link(TarEntryType.HardLink, "two", "one")), null, Cancel));
    }

    [Fact]
    [Rule("EX-7.58", "EX-18.11")]
    public async Task A_job_that_persists_again_supersedes_its_earlier_run()
    {
        await PersistAsync(new WorkspaceAuthor("build", 0, "first"), "build");
        await PersistAsync(new WorkspaceAuthor("test", 0, "first"), "old");
        await PersistAsync(new WorkspaceAuthor("test", 1, "first"), "older");
        await PersistAsync(new WorkspaceAuthor("test", 0, "second"), "new");
        await PersistAsync(new WorkspaceAuthor("test", 0, "second"), "newer");

        // The second of the parallel runs had nothing to persist this time.
        Assert.Equal(["build", "new", "newer", "older"], Applied(Job("build"), Job("test", "build")).SelectMany(layer => layer.Files));
    }

    [Fact]
    [Rule("EX-7.55")]
    public void Says_what_is_wrong_with_a_step()
    {
        Assert.Equal("The specified paths did not match any files in /r", WorkspaceMessages.NoMatch("/r"));
        Assert.Equal("Error locating workspace root directory: stat /r: no such file or directory", WorkspaceMessages.NoRoot("/r"));
        Assert.EndsWith("\n  and 5 more", WorkspaceMessages.Conflict([.. Enumerable.Range(0, 105).Select(number => $"f{number}")]), StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.59")]
    public void An_empty_workspace_is_no_error() =>
        Assert.IsType<WorkspaceAttachment.Empty>(_stores.Workspaces.LayersFor("w", [Job("a")]));

    [Fact]
    [Rule("EX-7.58")]
    public async Task Layers_are_kept_for_15_days()
    {
        await PersistAsync("a", "f");
        _clock.Advance(TimeSpan.FromDays(15) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await _stores.PruneAsync(Cancel)).WorkspaceLayers);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<WorkspaceAttachment.Empty>(_stores.Workspaces.LayersFor("w", [Job("a")]));
        var pruned = await _stores.PruneAsync(Cancel);
        Assert.Equal(1, pruned.WorkspaceLayers);
        Assert.True(pruned.FreedBytes > 0);
    }

    [Fact]
    public async Task Refuses_what_is_no_tar_or_leaves_the_workspace_and_keeps_nothing()
    {
        await Assert.ThrowsAsync<ArchiveException>(() => PersistAsync("a", "../f"));
        await Assert.ThrowsAsync<ArchiveException>(() =>
            _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor("a", 0, "1"), new MemoryStream([.. Enumerable.Repeat((byte)'z', 1024)]), null, Cancel));

        Assert.Equal([".lock"], _folder.Files());
    }

    [Fact]
    public async Task Lists_files_with_long_names_as_tar_writes_them()
    {
        var name = new string('a', 120) + "/" + new string('b', 200);
        _folder.WithFile("source/" + name, "x");
        foreach (var format in new[] { "gnu", "pax" })
        {
            var tar = await SystemProgram.RunAsync("tar", "--format=" + format, "-C", _folder.At("source"), "-cf", "-", ".");
            var layer = await _stores.Workspaces.PersistAsync("w", new WorkspaceAuthor(format, 0, "1"), new FakeStream(tar, piece: 77), null, Cancel);
            Assert.Equal([name], layer.Files);
        }
    }

    private static WorkspaceUpstream Job(string name, params string[] ancestors) => new(name, ancestors.ToFrozenSet(StringComparer.Ordinal));

    private System.Collections.Immutable.ImmutableArray<WorkspaceLayer> Applied(params WorkspaceUpstream[] upstream) =>
        Assert.IsType<WorkspaceAttachment.Apply>(_stores.Workspaces.LayersFor("w", upstream)).Layers;

    private Task<WorkspaceLayer> PersistAsync(string job, params string[] files) => PersistAsync(new WorkspaceAuthor(job, 0, "1"), files);

    private Task<WorkspaceLayer> PersistAsync(WorkspaceAuthor author, params string[] files) =>
        _stores.Workspaces.PersistAsync("w", author, Tars.Of([.. files.Select(file => (file, author.ToString()))]), null, Cancel);
}
