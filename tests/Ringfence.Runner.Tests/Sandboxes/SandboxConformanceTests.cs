using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes;

/// <summary>
/// What every kind of sandbox has to do. A kind has a class of its own that derives from this, names its provider and says what stands for its images:
/// <c>busybox</c> has a plain shell and runs as root where the kind can, <c>debian</c> has bash.
/// </summary>
public abstract partial class SandboxConformanceTests(SharedSandbox shared) : IClassFixture<SharedSandbox>, IAsyncLifetime
{
    private const int Term = 15;
    private const int Kill = 9;

    private readonly string _scratch = Directory.CreateTempSubdirectory("ringfence-sandbox-").FullName;
    private readonly List<ISandbox> _started = [];

    /// <summary>The run that the sandboxes of one test belong to.</summary>
    protected string RunId { get; } = Guid.NewGuid().ToString("N")[..12];

    protected abstract ISandboxProvider Provider { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract ContainerRequest Image(string kind);

    /// <summary>Whether jobs bring the files of their system along; else they have those of this machine, whatever image they ask for.</summary>
    protected virtual bool HasImages => true;

    /// <summary>Whether there is anything between a job and the rest of the machine.</summary>
    protected virtual bool IsFenced => true;

    /// <summary>Makes sure that the kind can be tested here, or skips the test.</summary>
    protected virtual Task RequireAsync() => Task.CompletedTask;

    /// <summary>What there is outside of the sandboxes of a run: containers, networks, mounts. Processes are looked for in any case.</summary>
    protected virtual Task<IReadOnlyList<string>> TracesAsync(string runId) => Task.FromResult<IReadOnlyList<string>>([]);

    public async ValueTask InitializeAsync() => await RequireAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var sandbox in _started)
            await sandbox.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected async Task<SandboxRequest> ARequestAsync(params ContainerRequest[] containers) => new()
    {
        Id = "job-1",
        RunId = RunId,
        Containers = containers.Length == 0 ? [Image("busybox")] : [.. containers],
        AgentFolder = await StaticAgent.FolderAsync(),
        ScratchFolder = _scratch,
    };

    protected async Task<ISandbox> StartAsync(SandboxRequest? request = null, Action<SandboxReport>? report = null)
    {
        var sandbox = await Provider.StartAsync(request ?? await ARequestAsync(), report ?? (_ => { }), Cancel);
        _started.Add(sandbox);
        return sandbox;
    }

    /// <summary>A sandbox that other tests use too.</summary>
    private Task<ISandbox> AnyAsync() =>
        shared.GetAsync(async scratch => await Provider.StartAsync(await ARequestAsync() with { Id = "shared", ScratchFolder = scratch }, _ => { }, Cancel));

    [Fact]
    public async Task Can_be_had_here() => Assert.True((await Provider.CheckAsync(Cancel)).IsAvailable);

    [Fact]
    [Rule("EX-6.2")]
    public async Task Runs_a_command_and_gives_its_output_and_exit_code()
    {
        var outcome = await Outcome.OfAsync(await AnyAsync(), "echo hello; exit 3");

        Assert.Equal(("hello\n", 3), (outcome.Output, outcome.Code));
    }

    [Fact]
    public async Task Keeps_the_order_of_output_and_errors()
    {
        var outcome = await Outcome.OfAsync(await AnyAsync(), "for i in 1 2 3 4 5 6 7 8 9; do echo $i; echo e$i >&2; done");

        Assert.Equal(string.Concat(Enumerable.Range(1, 9).Select(i => $"{i}\ne{i}\n")), outcome.Output);
    }

    [Fact]
    public async Task Separates_errors_when_asked()
    {
        var outcome = await Outcome.OfAsync(await AnyAsync(), "echo out; echo err >&2", start => start.SeparateErrors = true);

        Assert.Equal(("out\n", "err\n"), (outcome.Output, outcome.Errors));
    }

    [Fact]
    public async Task Gives_a_process_exactly_the_variables_that_it_was_given()
    {
        var sandbox = await AnyAsync();
        var outcome = await Outcome.OfAsync(sandbox, "", start =>
        {
            start.Argv.Clear();
            start.Argv.Add("env");
            start.Environment.Clear();
            start.Environment.Add(new Dictionary<string, string> { ["PATH"] = sandbox.Agent.Hello.Path, ["GREETING"] = "good\nday" });
        });

        Assert.Equal(["GREETING=good", $"PATH={sandbox.Agent.Hello.Path}", "day"], Lines(outcome.Output).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Starts_in_the_working_directory()
    {
        var sandbox = await AnyAsync();

        Assert.Equal("/etc\n", (await Outcome.OfAsync(sandbox, "pwd", start => start.Directory = "/etc")).Output);
        var refused = await Assert.ThrowsAsync<AgentRefusedException>(() => Outcome.OfAsync(sandbox, "true", start => start.Directory = "/no/such/folder"));
        Assert.Equal(FailureKind.NotFound, refused.Kind);
    }

    [Fact]
    public async Task Says_when_a_program_is_not_there()
    {
        var sandbox = await AnyAsync();

        var refused = await Assert.ThrowsAsync<AgentRefusedException>(() => Outcome.OfAsync(sandbox, "", start => start.Argv[0] = "no-such-program"));

        Assert.Equal(FailureKind.CannotStart, refused.Kind);
    }

    [Fact]
    public async Task Hands_over_a_script_that_its_user_alone_can_read()
    {
        var outcome = await Outcome.OfAsync(await AnyAsync(), "", start =>
        {
            start.Argv.RemoveAt(2);
            start.Argv.RemoveAt(1);
            start.Script = Google.Protobuf.ByteString.CopyFromUtf8("stat -c %a \"$0\"; stat -c %a \"$(dirname \"$0\")\"");
        });

        Assert.Equal("700\n700\n", outcome.Output);
    }

    [Fact]
    public async Task Kills_a_whole_tree_of_processes()
    {
        var sleep = Sleep();
        var sandbox = await AnyAsync();
        using var process = await Outcome.StartAsync(sandbox, $"({sleep} & {sleep} &) ; (sh -c '{sleep}; true' &) ; echo ready; {sleep}");
        await Outcome.UntilAsync(process, "ready");

        await process.SignalAsync(Kill, Cancel);
        var outcome = await Outcome.OfAsync(process);

        Assert.Equal((137, Kill), (outcome.Code, outcome.Exit.Signal));
        await HostProcesses.NoneAsync(sleep);
    }

    [Fact]
    public async Task A_process_may_ignore_a_request_to_end_but_not_an_order()
    {
        var sandbox = await AnyAsync();
        using var process = await Outcome.StartAsync(sandbox, "trap 'echo no' TERM; echo ready; while :; do read -t 1 line; done", start => start.OpenInput = true);
        await Outcome.UntilAsync(process, "ready");

        await process.SignalAsync(Term, Cancel);
        await Outcome.UntilAsync(process, "no");
        await process.SignalAsync(Kill, Cancel);

        Assert.Equal(137, (await Outcome.OfAsync(process)).Code);
    }

    [Fact]
    public async Task Takes_100_megabytes_without_an_end_of_line()
    {
        const int Size = 100 * 1024 * 1024;
        using var process = await Outcome.StartAsync(await AnyAsync(), $"head -c {Size} /dev/zero");
        var count = 0L;
        while (await process.ReadAsync(Cancel) is { } part)
            count += part.Data.Length;

        Assert.Equal((Size, 0), (count, process.Exit!.Code));
    }

    [Fact]
    [Rule("EX-6.2")]
    public async Task A_background_process_outlives_its_step_and_ends_with_the_job()
    {
        var sleep = Sleep();
        var sandbox = await StartAsync();
        await Outcome.OfAsync(sandbox, $"{sleep} >/dev/null 2>&1 &");
        Assert.Equal(0, (await Outcome.OfAsync(sandbox, "true")).Code);
        Assert.True(HostProcesses.Any(sleep));

        await sandbox.DisposeAsync();

        await HostProcesses.NoneAsync(sleep);
    }

    [Fact]
    public async Task Gives_a_process_a_terminal()
    {
        var sandbox = await AnyAsync();
        using var process = await Outcome.StartAsync(sandbox, "test -t 0 && test -t 1 && echo both; stty size; read line; echo got $line", start => (start.Pty, start.Rows, start.Columns) = (true, 30, 100));
        await Outcome.UntilAsync(process, "30 100");

        await process.TypeAsync("typed\n"u8.ToArray(), end: false, Cancel);

        Assert.Contains("got typed", (await Outcome.OfAsync(process)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hands_input_on_until_its_end()
    {
        using var process = await Outcome.StartAsync(await AnyAsync(), "cat; echo end", start => start.OpenInput = true);
        await process.TypeAsync("one\n"u8.ToArray(), end: false, Cancel);
        await process.TypeAsync("two\n"u8.ToArray(), end: true, Cancel);

        Assert.Equal("one\ntwo\nend\n", (await Outcome.OfAsync(process)).Output);
    }

    [Fact]
    public async Task Nobody_types_unless_asked() => Assert.Equal(("", 0), await EmptyInputAsync());

    [Theory]
    [InlineData("busybox")]
    [InlineData("debian")]
    public async Task Says_who_it_is_and_where_home_is(string kind)
    {
        var sandbox = await StartAsync(await ARequestAsync(Image(kind)));
        var hello = sandbox.Agent.Hello;
        var outcome = await Outcome.OfAsync(sandbox, "id -u; id -g; echo $HOME; touch ~/mine && test -w \"$HOME\" && echo writes; rm ~/mine");

        Assert.Equal([$"{hello.Uid}", $"{hello.Gid}", hello.Home, "writes"], Lines(outcome.Output));
        Assert.Equal(HasImages ? kind == "debian" : File.Exists("/bin/bash"), hello.Shell.EndsWith("/bash", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Has_no_network_when_it_may_have_none()
    {
        var sandbox = await StartAsync(await ARequestAsync() with { HasNetwork = false });
        var outcome = await Outcome.OfAsync(sandbox, "cat /proc/net/dev | sed 1,2d | cut -d: -f1");

        // Without a fence nothing keeps a job from the network of this machine.
        IEnumerable<string> seen = IsFenced ? ["lo"] : File.ReadLines("/proc/net/dev").Skip(2).Select(line => line.Split(':')[0].Trim()).Order(StringComparer.Ordinal);
        Assert.Equal(seen, Lines(outcome.Output).Select(line => line.Trim()).Order(StringComparer.Ordinal));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A command that runs long and is like no other on this machine.</summary>
    private static string Sleep() => $"sleep {System.Security.Cryptography.RandomNumberGenerator.GetInt32(1_000_000, 9_000_000)}";

    private async Task<(string, int)> EmptyInputAsync()
    {
        var outcome = await Outcome.OfAsync(await AnyAsync(), "cat");
        return (outcome.Output, outcome.Code);
    }
}
