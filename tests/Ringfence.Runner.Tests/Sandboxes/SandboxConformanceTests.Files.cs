using System.Text.RegularExpressions;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes;

public abstract partial class SandboxConformanceTests
{
    [Fact]
    public async Task Puts_files_in_and_gets_them_back_as_they_were()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder + "/put";
        using var archive = new Archive()
            .Folder("a folder")
            .File("a folder/plain", "text\n")
            .File("a folder/program", "#!/bin/sh\n", 0b111_101_101)
            .File("a folder/private", "", 0b110_000_000)
            .File("a folder/big", new byte[20_000_000])
            .Link("a folder/soft", "plain")
            .Link("a folder/dangling", "../../nowhere")
            .Link("a folder/twin", "a folder/plain", isHard: true)
            .Folder("a folder/empty", 0b111_000_000)
            .File("a folder/Grüße 'q' \"d\"", "ü");
        var files = new AgentFiles(sandbox.Agent);

        var put = await files.PutAsync(new PutTar { Directory = folder }, archive.Done(), Cancel);
        var (lines, _) = await files.GetAsync(new GetTar { Directory = folder, Paths = { "a folder" } }, Archive.LinesAsync, Cancel);

        Assert.Equal(10ul, put.Files);

        // The name that comes later is the link, whichever it was on the way in.
        Assert.Equal(
            [
                "Directory 700 a folder/empty",
                "Directory 755 a folder",
                "HardLink 644 a folder/twin a folder/plain",
                "RegularFile 600 a folder/private",
                "RegularFile 644 a folder/Grüße 'q' \"d\"  ü",
                "RegularFile 644 a folder/big  20000000 bytes",
                "RegularFile 644 a folder/plain  text",
                "RegularFile 755 a folder/program  #!/bin/sh",
                "SymbolicLink  a folder/dangling ../../nowhere",
                "SymbolicLink  a folder/soft plain",
            ],
            lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keeps_the_times_of_files_folders_and_links()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder + "/times";
        using var archive = new Archive().Folder("outer").Folder("outer/inner").File("outer/inner/file", "text").Link("outer/soft", "inner").Link("outer/dangling", "nowhere");
        var files = new AgentFiles(sandbox.Agent);

        await files.PutAsync(new PutTar { Directory = folder }, archive.Done(), Cancel);

        var times = await Outcome.OfAsync(sandbox, $"cd {folder}/outer && stat -c %Y . inner inner/file soft dangling");
        Assert.Equal(string.Concat(Enumerable.Repeat($"{Archive.Changed.ToUnixTimeSeconds()}\n", 5)), times.Output);
    }

    [Fact]
    public async Task Takes_times_out_to_parts_of_a_second_and_puts_them_in_again()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder;
        var files = new AgentFiles(sandbox.Agent);
        const string Times = "find . -exec stat -c '%y %n' {} + | sort";
        var before = await Outcome.OfAsync(sandbox, $"mkdir -p {folder}/here/inner && cd {folder}/here && echo a > inner/file && ln -s file inner/soft && {Times}");

        await CopyAsync(files, folder + "/here", folder + "/there");

        var after = await Outcome.OfAsync(sandbox, $"cd {folder}/there && {Times}");
        Assert.Equal(InTicks(before.Output).Skip(1), InTicks(after.Output).Skip(1));

        // The archive does not hold the folder that it was taken from.
        static IEnumerable<string> InTicks(string lines) => lines.Split('\n').Where(l => !l.EndsWith(" .", StringComparison.Ordinal)).Select(l => Regex.Replace(l, @"(\.\d{7})\d*", "$1"));
    }

    [Fact]
    public async Task Archives_a_file_that_grows_as_long_as_it_was()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder + "/grows";
        var files = new AgentFiles(sandbox.Agent);
        using var process = await Outcome.StartAsync(sandbox, $"mkdir -p {folder} && cd {folder} && echo last > z && echo begins > a && echo ready && while :; do echo more >> a; done");
        await Outcome.UntilAsync(process, "ready");

        for (var i = 0; i < 20; i++)
        {
            var (lines, done) = await files.GetAsync(new GetTar { Directory = folder, Paths = { "a", "z" } }, Archive.LinesAsync, Cancel);

            Assert.Equal(2ul, done.Files);
            Assert.Equal(2, lines.Count);
            Assert.EndsWith("last", lines[1].TrimEnd(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Brings_odd_names_back_and_says_which_it_cannot_name()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder;
        var files = new AgentFiles(sandbox.Agent);
        await Outcome.OfAsync(sandbox, $"mkdir -p {folder}/odd && cd {folder}/odd && echo a > \"$(printf 'line\\nend')\" && ln -s \"$(printf 'line\\nend')\" link && echo b > \"$(printf 'caf\\351')\" && echo c > usual");

        var done = await CopyAsync(files, folder + "/odd", folder + "/odd-copy");

        Assert.Equal([$"{folder}/odd/caf\uFFFD"], done.LeftOut);
        Assert.Equal("a\nc\n", (await Outcome.OfAsync(sandbox, $"cd {folder}/odd-copy && cat link usual; rm -r {folder}/odd")).Output);
    }

    [Fact]
    [Rule("EX-7.53", "EX-7.59")]
    public async Task Archives_an_empty_folder()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder;
        await Outcome.OfAsync(sandbox, $"mkdir -p {folder}/empty");

        var done = await CopyAsync(new AgentFiles(sandbox.Agent), folder + "/empty", folder + "/empty-copy");

        Assert.Equal(0ul, done.Files);
    }

    [Fact]
    [Rule("EX-7.41")]
    public async Task Keeps_modes_that_a_new_owner_and_what_comes_into_a_folder_would_change()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder;
        const string Modes = "stat -c '%a %n' set closed closed/in sticky";
        var before = await Outcome.OfAsync(sandbox, $"mkdir -p {folder}/modes/closed {folder}/modes/sticky && cd {folder}/modes && echo a > set && chmod 6755 set && echo b > closed/in && chmod 1777 sticky && chmod 555 closed && {Modes}");

        await CopyAsync(new AgentFiles(sandbox.Agent), folder + "/modes", folder + "/modes-copy");
        await CopyAsync(new AgentFiles(sandbox.Agent), folder + "/modes", folder + "/modes-copy");

        Assert.Equal(before.Output, (await Outcome.OfAsync(sandbox, $"cd {folder}/modes-copy && {Modes}")).Output);
        await Outcome.OfAsync(sandbox, $"chmod -R u+rwx {folder}/modes {folder}/modes-copy");
    }

    [Fact]
    [Rule("EX-7.38", "EX-7.56")]
    public async Task Puts_a_file_where_a_folder_was_and_a_folder_where_a_file_was()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder + "/swapped";
        var files = new AgentFiles(sandbox.Agent);
        using var first = new Archive().Folder("one").File("one/inner", "").File("two", "");
        using var second = new Archive().File("one", "file\n").Folder("two").File("two/inner", "inner\n");

        await files.PutAsync(new PutTar { Directory = folder }, first.Done(), Cancel);
        await files.PutAsync(new PutTar { Directory = folder }, second.Done(), Cancel);

        Assert.Equal("file\ninner\n", (await Outcome.OfAsync(sandbox, $"cat {folder}/one {folder}/two/inner")).Output);
        using var root = new Archive().File(".", "");
        await Assert.ThrowsAsync<AgentRefusedException>(() => files.PutAsync(new PutTar { Directory = folder }, root.Done(), Cancel));
        Assert.Equal("file\n", (await Outcome.OfAsync(sandbox, $"cat {folder}/one")).Output);
    }

    [Fact]
    public async Task Follows_links_but_for_those_that_lead_back()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder + "/loop";
        await Outcome.OfAsync(sandbox, $"mkdir -p {folder}/inner {folder}-other && cd {folder} && echo a > inner/file && echo b > ../loop-other/there && ln -s . me && ln -s .. inner/up && ln -s ../loop-other aside && ln -s nowhere dangling");

        var (lines, _) = await new AgentFiles(sandbox.Agent).GetAsync(new GetTar { Directory = folder, Paths = { "." }, FollowLinks = true }, Archive.LinesAsync, Cancel);

        Assert.Equal(["aside", "aside/there", "dangling", "inner", "inner/file"], lines.Select(line => line.Split(' ').First(word => word.Length > 3 && word is not ("Directory" or "RegularFile" or "SymbolicLink"))).Order(StringComparer.Ordinal));
    }

    private static async Task<Done> CopyAsync(AgentFiles files, string from, string to)
    {
        using var tar = new MemoryStream();
        var (_, done) = await files.GetAsync(
            new GetTar { Directory = from, Paths = { "." } },
            async (stream, cancel) =>
            {
                await stream.CopyToAsync(tar, cancel);
                return 0;
            },
            Cancel);
        tar.Position = 0;
        await files.PutAsync(new PutTar { Directory = to, KeepOwners = true }, tar, Cancel);
        return done;
    }

    [Fact]
    public async Task Keeps_a_file_with_two_names_one_file()
    {
        var sandbox = await AnyAsync();
        var folder = sandbox.Agent.Hello.TaskFolder + "/twins";
        using var archive = new Archive().File("one", "1").Link("two", "one", isHard: true);

        await new AgentFiles(sandbox.Agent).PutAsync(new PutTar { Directory = folder }, archive.Done(), Cancel);

        Assert.Equal("same\n", (await Outcome.OfAsync(sandbox, $"test {folder}/one -ef {folder}/two && echo same")).Output);
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("in/../../out")]
    [InlineData("/out")]
    public async Task Refuses_an_archive_that_leaves_its_folder(string name)
    {
        var sandbox = await AnyAsync();
        using var archive = new Archive().File(name, "no");

        await RefusesAsync(sandbox, archive);
    }

    [Fact]
    public async Task Refuses_an_archive_that_goes_through_its_own_link()
    {
        var sandbox = await AnyAsync();
        using var archive = new Archive().Link("way", sandbox.Agent.Hello.TaskFolder).File("way/out", "no");

        await RefusesAsync(sandbox, archive);
    }

    [Fact]
    public async Task Writes_reads_and_finds_files()
    {
        var sandbox = await AnyAsync();
        var files = new AgentFiles(sandbox.Agent);
        var path = sandbox.Agent.Hello.TaskFolder + "/deep/er/file.txt";

        await files.WriteAsync(new WriteFile { Path = path, Data = Google.Protobuf.ByteString.CopyFromUtf8("content"), MakeFolders = true }, Cancel);

        Assert.Equal("content"u8.ToArray(), await files.ReadAsync(path, 100, Cancel));
        Assert.Equal(["deep/er/file.txt"], await files.FindAsync(sandbox.Agent.Hello.TaskFolder, ["deep/*/*.txt"], Cancel));
        Assert.Equal(FailureKind.TooLarge, (await Assert.ThrowsAsync<AgentRefusedException>(() => files.ReadAsync(path, 3, Cancel))).Kind);
    }

    private static async Task RefusesAsync(ISandbox sandbox, Archive archive)
    {
        var task = sandbox.Agent.Hello.TaskFolder;

        var refused = await Assert.ThrowsAsync<AgentRefusedException>(() => new AgentFiles(sandbox.Agent).PutAsync(new PutTar { Directory = task + "/in" }, archive.Done(), Cancel));

        Assert.Equal(FailureKind.UnsafePath, refused.Kind);
        Assert.Equal("", (await Outcome.OfAsync(sandbox, $"ls -d {task}/out /out 2>/dev/null")).Output);
    }
}
