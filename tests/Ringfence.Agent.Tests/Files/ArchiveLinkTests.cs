using System.Formats.Tar;
using Ringfence.Agent.Files;
using Ringfence.Agent.Native;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Tests.Files;

/// <summary>Files with several names, and links, on their way through an archive.</summary>
[Rule("EX-7.38", "EX-7.41")]
public sealed class ArchiveLinkTests : IDisposable
{
    private readonly DirectoryInfo _top = Directory.CreateTempSubdirectory("ringfence-links-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string From => Path.Combine(_top.FullName, "from");

    private string Into => Path.Combine(_top.FullName, "into");

    public void Dispose() => _top.Delete(recursive: true);

    [Fact]
    public async Task A_file_with_several_names_is_one_file_again_and_is_in_the_archive_once()
    {
        Write("a/first", new string('x', 100_000));
        Write("a/alone", "alone");
        Link("a/first", "a/second");
        Link("a/first", $"a/{new string('l', 180)}/third");

        var archive = Archive("a");
        await PutAsync(archive);

        Assert.InRange(archive.Length, 100_000, 150_000);
        Assert.Equal(Identity("a/first"), Identity("a/second"));
        Assert.Equal(Identity("a/first"), Identity($"a/{new string('l', 180)}/third"));
        Assert.NotEqual(Identity("a/first"), Identity("a/alone"));
        Assert.Equal(new string('x', 100_000), await File.ReadAllTextAsync(Path.Combine(Into, "a/second"), Cancel));
    }

    [Fact]
    public async Task A_file_that_is_asked_for_twice_comes_back()
    {
        Write("a/first", "text");
        Link("a/first", "a/second");

        await PutAsync(Archive("a", "a/first", "a/second"));

        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(Into, "a/first"), Cancel));
        Assert.Equal(Identity("a/first"), Identity("a/second"));
    }

    [Fact]
    public void Where_links_are_followed_every_name_is_a_file()
    {
        Write("a/first", "text");
        Link("a/first", "a/second");

        Assert.Equal(["RegularFile a/first", "RegularFile a/second"], Entries(Archive(followLinks: true, "a/first", "a/second")));
    }

    [Fact]
    public async Task What_was_there_keeps_what_it_holds()
    {
        Write("a/first", "new");
        Link("a/first", "a/second");
        Directory.CreateDirectory(Path.Combine(Into, "a"));
        await File.WriteAllTextAsync(Path.Combine(Into, "other"), "old", Cancel);
        Assert.Equal(0, Libc.Link(Path.Combine(Into, "other"), Path.Combine(Into, "a/second")));

        await PutAsync(Archive("a"));

        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(Into, "other"), Cancel));
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(Into, "a/second"), Cancel));
    }

    [Theory]
    [InlineData("there")]
    [InlineData("./there")]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("nothing")]
    [InlineData("folder")]
    [InlineData("soft")]
    [InlineData("soft/file")]
    [InlineData("old-way/outside")]
    public async Task A_name_for_what_the_archive_has_not_brought_is_refused(string target)
    {
        Directory.CreateDirectory(Into);
        var (there, outside) = (Path.Combine(Into, "there"), Path.Combine(_top.FullName, "outside"));
        await File.WriteAllTextAsync(there, "there", Cancel);
        await File.WriteAllTextAsync(outside, "outside", Cancel);
        File.CreateSymbolicLink(Path.Combine(Into, "old-way"), _top.FullName);
        var before = (FileStatus.Of(there), FileStatus.Of(outside));

        var refused = await Assert.ThrowsAsync<UnsafeArchiveException>(() => PutAsync(Tar(
            new PaxTarEntry(TarEntryType.Directory, "folder"),
            new PaxTarEntry(TarEntryType.RegularFile, "folder/file") { DataStream = new MemoryStream([1]) },
            new PaxTarEntry(TarEntryType.SymbolicLink, "soft") { LinkName = "folder" },
            new PaxTarEntry(TarEntryType.HardLink, "twin") { LinkName = target, Mode = (UnixFileMode)0b111_111_111 })));

        Assert.Contains("The archive has the entry", refused.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(Into, "twin")));
        Assert.Equal(before, (FileStatus.Of(there), FileStatus.Of(outside)));
    }

    [Fact]
    public async Task A_name_for_a_file_that_the_archive_has_replaced_by_a_link_is_refused()
    {
        var outside = Path.Combine(_top.FullName, "outside");
        await File.WriteAllTextAsync(outside, "outside", Cancel);

        await Assert.ThrowsAsync<UnsafeArchiveException>(() => PutAsync(Tar(
            new PaxTarEntry(TarEntryType.RegularFile, "file"),
            new PaxTarEntry(TarEntryType.SymbolicLink, "file") { LinkName = outside },
            new PaxTarEntry(TarEntryType.HardLink, "twin") { LinkName = "file" })));

        Assert.Equal(1u, FileStatus.Of(outside)!.Value.Names);
    }

    /// <summary>The path goes through a link that comes along as well: <c>[cache, cache/deps]</c>, where <c>cache</c> leads to <c>real</c>.</summary>
    [Theory]
    [InlineData("cache", "cache/deps")]
    [InlineData("cache/deps", "cache")]
    [InlineData("way", "way/deps")]
    public async Task What_lies_behind_a_link_that_comes_along_is_found_behind_it_again(string one, string other)
    {
        Write("real/deps/file", "text");
        File.CreateSymbolicLink(Path.Combine(From, "cache"), "real");
        File.CreateSymbolicLink(Path.Combine(From, "way"), Path.Combine(From, "cache"));

        await PutAsync(Archive("cache", one, other));

        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(Into, "cache/deps/file"), Cancel));
        Assert.NotNull(new FileInfo(Path.Combine(Into, "cache")).LinkTarget);
    }

    [Fact]
    public async Task A_path_through_a_link_that_does_not_come_along_keeps_its_name()
    {
        Write("real/deps/file", "text");
        File.CreateSymbolicLink(Path.Combine(From, "cache"), "real");

        await PutAsync(Archive("cache/deps"));

        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(Into, "cache/deps/file"), Cancel));
    }

    [Fact]
    public void What_lies_behind_a_link_out_of_the_folder_is_refused_when_it_is_archived()
    {
        Write("../elsewhere/file", "text");
        Directory.CreateDirectory(From);
        File.CreateSymbolicLink(Path.Combine(From, "out"), Path.Combine(_top.FullName, "elsewhere"));

        var refused = Assert.Throws<IOException>(() => Archive("out", "out/file"));

        Assert.Contains("name only one of the two", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Rule("EX-7.47")]
    [InlineData("/", "/")]
    [InlineData("/proc", "/proc")]
    [InlineData("/sys", "/sys")]
    [InlineData("/dev", "/dev")]
    [InlineData("/proc/self/root", "/")]
    [InlineData("/proc/self/fd", "/proc/self/fd")]
    public void A_link_to_the_system_is_refused_at_once(string target, string system)
    {
        Directory.CreateDirectory(From);
        File.CreateSymbolicLink(Path.Combine(From, "out"), target);

        var refused = Assert.Throws<IOException>(() => Archive(followLinks: true, "out"));

        Assert.Equal($"{From}/out leads to {system}, which no archive goes into: name the folder that holds the files.", refused.Message);
    }

    [Fact]
    [Rule("EX-7.47")]
    public void A_link_to_the_system_on_the_way_is_left_out_and_named()
    {
        Write("a/file", "text");
        foreach (var (name, target) in new[] { ("dev", "/dev"), ("process", "/proc/self"), ("root", "/") })
            File.CreateSymbolicLink(Path.Combine(From, "a", name), target);

        var archive = Archive(followLinks: true, out var done, "a");

        Assert.Equal(["Directory a", "RegularFile a/file"], Entries(archive));
        Assert.Equal(["dev", "process", "root"], done.NotEntered.Select(path => Path.GetFileName(path)));
    }

    [Fact]
    [Rule("EX-7.33")]
    public void The_folders_of_the_kernel_are_no_part_of_a_cache()
    {
        Assert.Throws<IOException>(() => new TarOut(new GetTar { Directory = "/", Paths = { "/proc/sys" } }, Stream.Null).Write());
        Assert.Throws<IOException>(() => new TarOut(new GetTar { Directory = "/", Paths = { "/sys/kernel" } }, Stream.Null).Write());
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(From, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void Link(string first, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(From, name))!);
        Assert.Equal(0, Libc.Link(Path.Combine(From, first), Path.Combine(From, name)));
    }

    private FileIdentity Identity(string name) => FileStatus.Of(Path.Combine(Into, name))!.Value.Identity;

    private MemoryStream Archive(params string[] paths) => Archive(followLinks: false, paths);

    private MemoryStream Archive(bool followLinks, params string[] paths) => Archive(followLinks, out _, paths);

    private MemoryStream Archive(bool followLinks, out Done done, params string[] paths)
    {
        var archive = new MemoryStream();
        done = new TarOut(new GetTar { Directory = From, Paths = { paths }, FollowLinks = followLinks }, archive).Write();
        archive.Position = 0;
        return archive;
    }

    private static MemoryStream Tar(params PosixTarEntry[] entries)
    {
        var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        archive.Position = 0;
        return archive;
    }

    private static IEnumerable<string> Entries(Stream archive)
    {
        using var reader = new TarReader(archive);
        while (reader.GetNextEntry() is { } entry)
            yield return $"{entry.EntryType} {entry.Name}";
    }

    private Task<Done> PutAsync(Stream archive) => new TarIn(new PutTar { Directory = Into, KeepOwners = true }).ReadAsync(archive, Cancel);
}
