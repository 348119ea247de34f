using System.Diagnostics;
using System.IO.Enumeration;
using System.Text;
using Ringfence.Runner.Checkout;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Tests.Checkout;

/// <summary>A real repository in a folder that goes with the test.</summary>
internal sealed class TestRepository : IDisposable
{
    private int _snapshots;

    private TestRepository(string top) => Top = top;

    /// <summary>The folder that goes with the test.</summary>
    public string Top { get; }

    public string Root => Path.Combine(Top, "repository");

    public static string Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "git")).FirstOrDefault(File.Exists) ?? "";

    /// <summary>One without a commit.</summary>
    public static async Task<TestRepository> EmptyAsync()
    {
        Assert.SkipWhen(Program.Length == 0, "git is not installed");
        var repository = new TestRepository(Directory.CreateTempSubdirectory("ringfence-source-").FullName);
        Directory.CreateDirectory(repository.Root);
        await repository.GitAsync("init", "--quiet", "--initial-branch=main");
        return repository;
    }

    /// <summary>One with the files <c>a.txt</c>, <c>b.txt</c> and <c>deep/c.txt</c> in its first commit.</summary>
    public static async Task<TestRepository> NewAsync()
    {
        var repository = await EmptyAsync();
        repository.Write("a.txt", "a\n").Write("b.txt", "b\n").Write("deep/c.txt", "c\n");
        await repository.CommitAsync("first");
        return repository;
    }

    public TestRepository Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public async Task<string> CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", message);
        return await GitAsync("rev-parse", "HEAD");
    }

    public Task<string> GitAsync(params string[] arguments) => GitInAsync(Root, arguments);

    /// <summary>Runs git as a user does; what it says.</summary>
    public static async Task<string> GitInAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "protocol.file.allow=always", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output.TrimEnd('\n');
    }

    public SourceRequest Request => new()
    {
        Folder = Root,
        Into = Path.Combine(Top, $"snapshot{++_snapshots}"),
        Branch = "main",
        Git = Program,
        Environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "", ["HOME"] = Directory.CreateDirectory(Path.Combine(Top, "home")).FullName },
    };

    public Task<SourceSnapshot> SnapshotAsync() => SnapshotAsync(Request);

    public static Task<SourceSnapshot> SnapshotAsync(SourceRequest request) => SourceSnapshots.MakeAsync(request, TestContext.Current.CancellationToken);

    /// <summary>All files of a folder with what is in them, <c>.git</c> left out; links as what they lead to.</summary>
    public static SortedDictionary<string, string> Files(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var entries = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        foreach (var path in entries)
        {
            var name = Path.GetRelativePath(folder, path);
            if (name.Split('/').Contains(".git"))
                continue;
            if (new FileInfo(path).LinkTarget is { } target)
                files[name] = "-> " + target;
            else if (File.Exists(path))
                files[name] = File.ReadAllText(path, Encoding.UTF8);
        }

        return files;
    }

    public void Dispose() => ScratchFolders.Remove(Top);
}
