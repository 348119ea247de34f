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

        // Out of a sandbox a second name of a file comes as a file of its own.
        Assert.Equal(
            [
                "Directory 700 a folder/empty",
                "Directory 755 a folder",
                "RegularFile 600 a folder/private",
                "RegularFile 644 a folder/Grüße 'q' \"d\"  ü",
                "RegularFile 644 a folder/big  20000000 bytes",
                "RegularFile 644 a folder/plain  text",
                "RegularFile 644 a folder/twin  text",
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

        using var tar = new MemoryStream();
        await files.GetAsync(
            new GetTar { Directory = folder + "/here", Paths = { "." } },
            async (stream, cancel) =>
            {
                await stream.CopyToAsync(tar, cancel);
                return 0;
            },
            Cancel);
        tar.Position = 0;
        await files.PutAsync(new PutTar { Directory = folder + "/there" }, tar, Cancel);

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
