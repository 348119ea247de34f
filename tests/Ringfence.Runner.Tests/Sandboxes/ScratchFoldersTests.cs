using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Tests.Sandboxes;

public sealed class ScratchFoldersTests : IDisposable
{
    private const string Dead = "999999999:1";

    private readonly string _folder = Directory.CreateTempSubdirectory("ringfence-scratch-").FullName;

    private static HashSet<string> NoEngines => [];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Dispose() => ScratchFolders.Remove(_folder);

    [Theory]
    [InlineData("caf\\351")]
    [InlineData("caf\\351/below/\\377")]
    public async Task Removes_names_that_are_not_UTF_8(string name)
    {
        var scratch = ScratchFolders.Create(_folder, "run");
        await MakeAsync(scratch.Add("1-0"), name);

        Assert.Null(ScratchFolders.TryRemove(Path.Combine(_folder, "run/1-0")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "run/1-0")));
        Assert.Null(scratch.RemoveAll());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Removes_links_and_not_what_they_lead_to()
    {
        var kept = Directory.CreateDirectory(At("kept")).FullName;
        await File.WriteAllTextAsync(Path.Combine(kept, "file"), "x", TestContext.Current.CancellationToken);
        var gone = Directory.CreateDirectory(At("gone")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(gone, "link"), kept);
        File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await MakeAsync(gone, "caf\\351");

        ScratchFolders.Remove(gone);

        Assert.False(Directory.Exists(gone));
        Assert.True(File.Exists(Path.Combine(kept, "file")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, File.GetUnixFileMode(kept));
    }

    [Fact]
    public async Task Sweeps_what_has_no_owner_any_more_and_is_old()
    {
        var scratch = ScratchFolders.Create(_folder, "mine");
        foreach (var (run, owner) in ((string, string?)[])[("dead", Dead), ("living", ProcessOwner.OfThisProcess().ToString()), ("old", null), ("garbled", "?"), ("new", null)])
        {
            await MakeAsync(Directory.CreateDirectory(At(run + "/1-0")).FullName, "caf\\351");
            if (owner is not null)
                await File.WriteAllTextAsync(At(run + "/owner"), owner, TestContext.Current.CancellationToken);
            if (run is not "new")
                Directory.SetLastWriteTimeUtc(At(run), Now.UtcDateTime.AddHours(-2));
        }

        var swept = scratch.Sweep(Now, NoEngines);

        Assert.Equal(["folder of the run dead", "folder of the run garbled", "folder of the run old"], swept.Removed.Order(StringComparer.Ordinal));
        Assert.Empty(swept.Left);
        Assert.Equal(["living", "mine", "new"], Directory.EnumerateDirectories(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_names_an_engine_stays_until_nothing_is_left_there()
    {
        const string Engine = "unix:///run/engine.sock";
        var scratch = ScratchFolders.Create(_folder, "mine");
        ScratchFolders.NoteEngine(scratch.Add("1-0"), new Uri("unix:///run/another.sock"));
        foreach (var run in (string[])["dead/1-0", "dead/2-0", "other/1-0"])
            Directory.CreateDirectory(At(run));
        ScratchFolders.NoteEngine(At("dead/2-0"), new Uri(Engine));
        foreach (var run in (string[])["dead", "other"])
            await File.WriteAllTextAsync(At(run + "/owner"), Dead, TestContext.Current.CancellationToken);

        Assert.Equal(Engine, Assert.Single(scratch.EnginesLeft(Now)));
        Assert.Equal("folder of the run other", Assert.Single(scratch.Sweep(Now, scratch.EnginesLeft(Now)).Removed));
        Assert.Equal([At("dead/2-0"), At("dead/owner")], Directory.EnumerateFileSystemEntries(At("dead")).Order(StringComparer.Ordinal));

        Assert.Equal(Engine, Assert.Single(scratch.EnginesLeft(Now)));
        Assert.Equal("folder of the run dead", Assert.Single(scratch.Sweep(Now, NoEngines).Removed));
        Assert.Empty(scratch.EnginesLeft(Now));
    }

    [Fact]
    public async Task What_cannot_be_removed_keeps_its_owner_and_is_tried_again()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can mount a disk.");
        var scratch = ScratchFolders.Create(_folder, "mine");
        var busy = Directory.CreateDirectory(At("dead/1-0/busy")).FullName;
        await File.WriteAllTextAsync(At("dead/owner"), Dead, TestContext.Current.CancellationToken);
        var (mounted, why) = await Tool.RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", busy);
        Assert.SkipUnless(mounted == 0, $"No small disk can be mounted: {why}");
        try
        {
            var swept = scratch.Sweep(Now, NoEngines);

            Assert.Empty(swept.Removed);
            Assert.StartsWith("folder of the run dead: ", Assert.Single(swept.Left), StringComparison.Ordinal);
            Assert.Equal(Dead, await File.ReadAllTextAsync(At("dead/owner"), TestContext.Current.CancellationToken));
        }
        finally
        {
            await Tool.RunAsync("umount", busy);
        }

        Assert.Equal("folder of the run dead", Assert.Single(scratch.Sweep(Now, NoEngines).Removed));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task MakeAsync(string folder, string name)
    {
        var (code, printed) = await Tool.RunAsync("/bin/bash", "-c", $"cd \"$1\"; n=$(printf '{name}'); mkdir -p \"$(dirname \"$n\")\"; touch \"$n\"; [ -d \"${{n%%/*}}\" ] && chmod 0 \"${{n%%/*}}\"; :", "bash", folder);
        Assert.True(code == 0, printed);
    }
}
