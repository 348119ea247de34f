using System.Text;
using Ringfence.Config;
using Ringfence.Config.Compilation;
using Ringfence.Config.Values;
using Ringfence.Primitives;
using Ringfence.Runner.Artifacts;
using Ringfence.Runner.Blobs;
using Ringfence.Runner.Checkout;
using Ringfence.Runner.Jobs;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Runner.Tests.Checkout;

/// <summary>The step <c>checkout</c> in real jobs.</summary>
public sealed class CheckoutStepTests
{
    [Fact]
    [Rule("EX-7.10", "EX-7.11")]
    public async Task Puts_the_snapshot_where_the_job_works_or_where_it_says()
    {
        using var repository = await TestRepository.NewAsync();
        var revision = await repository.GitAsync("rev-parse", "HEAD");
        repository.Write("a.txt", "changed");

        var (outcome, printed) = await RunAsync(
            repository,
            """
            - checkout
            - checkout: {path: below/it}
            - run: "cat a.txt; cat below/it/deep/c.txt; cat .git/HEAD; grep refs/heads/main .git/packed-refs"
            """);

        Assert.Equal(JobOutcome.Success, outcome);
        Assert.Contains($"changed" + "c\nref: refs/heads/main\n" + $"{revision} refs/heads/main", printed, StringComparison.Ordinal);
        Assert.Contains($"Checking out the working tree at {revision[..7]} on main with 1 uncommitted change into ", printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.10")]
    public async Task Brings_a_repository_that_is_there_to_the_state_of_the_snapshot()
    {
        using var repository = await TestRepository.NewAsync();
        await repository.Write("kind", "a file").CommitAsync("new");

        var (outcome, printed) = await RunAsync(
            repository,
            """
            - run: "git init -q -b old && mkdir -p old/two kind/of && echo 1 > old/one.txt && echo 2 > 'old/two/x y' && echo 3 > kind/of/folder && echo 4 > b.txt && git add -A"
            - run: "git -c user.name=a -c user.email=b commit -q -m old && echo 5 > unknown.txt"
            - checkout
            - run: "find . -path ./.git -prune -o -type f -print | sort; find . -name old; cat kind b.txt; test ! -e .git/refs/heads/old; git status --porcelain"
            """);

        Assert.Equal(JobOutcome.Success, outcome);
        Assert.Contains("\n./a.txt\n./b.txt\n./deep/c.txt\n./kind\n./unknown.txt\na fileb\n?? unknown.txt\n", printed, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-7.10")]
    public async Task Fails_in_a_folder_with_something_else_in_it()
    {
        using var repository = await TestRepository.NewAsync();

        var (outcome, printed) = await RunAsync(
            repository,
            """
            - run: touch something
            - checkout
            """);

        Assert.Equal(JobOutcome.Failed, outcome);
        Assert.Contains("is not empty and is no git repository", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- checkout: {path: ~/code}", JobOutcome.Success)]
    [InlineData("- run: touch ~/code/.hidden\n- checkout: {path: ~/code}", JobOutcome.Failed)]
    [InlineData("- run: touch ~/code/deep/part/file\n- checkout: {path: ~/code}", JobOutcome.Failed)]
    [Rule("EX-6.4", "EX-7.10")]
    public async Task Goes_above_the_working_directory_when_nothing_else_is_there(string steps, JobOutcome expected)
    {
        using var repository = await TestRepository.NewAsync();

        var (outcome, printed) = await RunAsync(repository, steps + "\n- run: 'pwd; cat ../c.txt'", "~/code/deep/part");

        Assert.Equal(expected, outcome);
        Assert.Equal(expected == JobOutcome.Success, printed.Contains("/code/deep/part\nc", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Rule("EX-7.10")]
    public async Task Reads_what_is_tracked_from_any_version_of_the_index(int version)
    {
        using var repository = await TestRepository.NewAsync();
        repository.Write("deep/ünï", "").Write(new string('l', 200) + "/x", "").Write("later", "");
        await repository.GitAsync("add", "deep", new string('l', 200));
        await repository.GitAsync("add", "--intent-to-add", "later");
        await repository.GitAsync("update-index", "--index-version", version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var index = await File.ReadAllBytesAsync(Path.Combine(repository.Root, ".git/index"), TestContext.Current.CancellationToken);

        Assert.Equal((await repository.GitAsync("ls-files", "-z")).Split('\0', StringSplitOptions.RemoveEmptyEntries), GitIndex.Names(index));
        Assert.All(Enumerable.Range(0, index.Length), length => GitIndex.Names(index.AsSpan(0, length)));
    }

    /// <summary>In the working tree, tracked and not; in a commit; and in a folder without git.</summary>
    [Theory]
    [InlineData("working tree")]
    [InlineData("commit")]
    [InlineData("folder")]
    [Rule("EX-7.10")]
    public async Task Leaves_out_what_has_a_name_that_is_no_UTF_8_and_says_so(string what)
    {
        using var repository = await TestRepository.NewAsync();
        await Tool.RunAsync("/bin/sh", ["-c", """cd "$1" && printf x > "$(printf 'caf\351')" && mkdir "$(printf 'd\351')" && printf y > "$(printf 'd\351/in')" && ln -s "$(printf 'caf\351')" link""", "sh", repository.Root]);
        await repository.CommitAsync("odd");
        await Tool.RunAsync("/bin/sh", ["-c", """cd "$1" && printf x > "$(printf 'new\351')" """, "sh", repository.Root]);
        if (what is "folder")
            Directory.Delete(Path.Combine(repository.Root, ".git"), recursive: true);

        var (outcome, printed) = await RunAsync(repository, "- checkout\n- run: \"ls -R; cat a.txt deep/c.txt\"", commit: what is "commit" ? "HEAD" : null);

        Assert.Equal(JobOutcome.Success, outcome);
        Assert.Contains("Warning: left out, since its name is no UTF-8: caf\uFFFD\n", printed, StringComparison.Ordinal);
        Assert.Equal(what is not "commit", printed.Contains("UTF-8: new\uFFFD\n", StringComparison.Ordinal));
        Assert.Contains("UTF-8: d\uFFFD", printed, StringComparison.Ordinal);
        Assert.Equal(what is not "commit", printed.Contains("UTF-8: link\n", StringComparison.Ordinal));
        Assert.Contains("a\nc\n", printed, StringComparison.Ordinal);
    }

    private static async Task<(JobOutcome Outcome, string Printed)> RunAsync(TestRepository repository, string steps, string workingDirectory = "~/project", string? commit = null)
    {
        var provider = new ProcessSandboxProvider(fenced: true, Environment.GetEnvironmentVariable("PATH") ?? "");
        var check = await provider.CheckAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(check.IsAvailable, check.Description);
        var printed = new StringBuilder();
        using var stop = new JobStop();
        var scratch = ScratchFolders.Create(Path.Combine(repository.Top, "sandboxes"), "run");
        var stores = new LocalStores(Path.Combine(repository.Top, "stores"), TimeProvider.System, StoreLimits.Default);
        var surroundings = new JobSurroundings(stores, new ArtifactStore(Path.Combine(repository.Top, "run")), await TestRepository.SnapshotAsync(repository.Request with { Commit = commit }), TimeProvider.System);
        var request = new SandboxRequest { Id = "job", RunId = "run", AgentFolder = await StaticAgent.FolderAsync(), ScratchFolder = scratch.Add("job") };

        var result = await new JobExecutor(provider, surroundings, Take).RunAsync(Assignment(steps, workingDirectory), request, stop);
        scratch.RemoveAll();
        return (result.Outcome, printed.ToString());

        ValueTask Take(JobEvent happened)
        {
            lock (printed)
            {
                if (happened is JobEvent.Printed { Bytes: var bytes })
                    printed.Append(Encoding.UTF8.GetString(bytes.Span));
            }

            return ValueTask.CompletedTask;
        }
    }

    private static JobAssignment Assignment(string steps, string workingDirectory)
    {
        var config = $"version: 2.1\njobs:\n  build:\n    machine: true\n    working_directory: {workingDirectory}\n    steps:\n{string.Join('\n', steps.Split('\n').Select(line => "      " + line))}\nworkflows:\n  main:\n    jobs: [build]\n";
        var compiled = Compiler.Compile(new ConfigSource(new SourceText("config.yml", config)), new CompileRequest { Values = PipelineValues.Local(GitFacts.None) });
        Assert.True(compiled.IsValid, string.Join('\n', compiled.Diagnostics.Select(d => d.Message)));
        return new JobAssignment
        {
            Job = compiled.Pipeline!.Jobs[0],
            Number = 7,
            WorkflowId = "00000000-0000-0000-0000-000000000001",
            WorkspaceId = "00000000-0000-0000-0000-000000000001",
            Attempt = Guid.NewGuid().ToString(),
            Project = "project",
            Branch = "main",
        };
    }
}
