using System.Text.Json;
using Ringfence.Keep.Serving;
using Ringfence.Primitives;
using Ringfence.Sealing.Signatures;
using Ringfence.Cli.Doctor;
using Ringfence.Cli.Output;
using Ringfence.Runner.Sandboxes.Process;

namespace Ringfence.Cli.Tests.Doctor;

/// <summary>Asks about this very machine, and about machines that are put together here.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private const string Nowhere = "unix:///no/such/engine.sock";

    private readonly CommandRun _run = new CommandRun()
        .WithVariable("RINGFENCE_HOME", "state").WithVariable("RINGFENCE_AGENT", "agent").WithVariable("DOCKER_HOST", Nowhere);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_bubblewrap_and_git_of_this_machine()
    {
        var fence = await new ProcessSandboxProvider(fenced: true, Environment.GetEnvironmentVariable("PATH") ?? "").CheckAsync(Cancel);
        Assert.SkipUnless(fence.IsAvailable, fence.Description);
        WithAgent().WithFile(Configs.Path, Configs.Small);

        var result = await _run.Run("doctor");

        Assert.Equal(0, result.Exit);
        Assert.Empty(result.Error);
        Assert.Matches(@"✗ missing  container engine  No container engine answers at unix:///no/such/engine.sock/?\.", result.Out);
        Assert.Matches(@"✓ ok       bubblewrap        bubblewrap at /.*bwrap\n", result.Out);
        Assert.Matches(@"✓ ok       git               git version \d", result.Out);
        Assert.Matches(@"✓ ok       state folder      /.*/state\n", result.Out);
        Assert.Matches(@"✓ ok       config            \.circleci/config\.yml\n", result.Out);
        Assert.EndsWith("\n\n✓ Jobs can run on this machine as fenced processes; with images of their own they need a container engine.\n", result.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_run.Folder, "state")));
    }

    [Fact]
    public async Task Has_an_exit_code_of_its_own_when_jobs_cannot_run()
    {
        WithAgent().WithVariable("PATH", "/no/such/folder");

        var result = await _run.Run("doctor");

        Assert.Equal((int)ExitCode.Unavailable, result.Exit);
        Assert.Contains("✗ missing  git               git is not installed\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("→ Install it: apt-get install git\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("→ Install it: apt-get install bubblewrap\n", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("it has neither a container engine nor a fence for processes, and these are missing: git.\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_gives_fenced_jobs_networks_of_their_own()
    {
        await TestFence.RequireNetworkAsync();

        Assert.Matches("^fenced jobs have networks of their own: slirp4netns at /.*slirp4netns$", await FoundAsync("fence network", "ok"));
        _run.WithVariable("PATH", "/no/such/folder");
        Assert.EndsWith("slirp4netns is not installed", await FoundAsync("fence network", "warning"), StringComparison.Ordinal);
        Assert.Contains("→ Install it: apt-get install slirp4netns\n", (await _run.Run("doctor")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_the_agent_beside_the_program_or_where_it_is_said_to_be()
    {
        Assert.Contains($"there is no {Path.Combine(_run.Folder, "agent", "ringfence-agent")}", await FoundAsync("agent", "missing"), StringComparison.Ordinal);
        _run.WithFile("agent/ringfence-agent", "");
        Assert.Contains("may not be executed", await FoundAsync("agent", "missing"), StringComparison.Ordinal);
        WithAgent();
        Assert.EndsWith("/agent/ringfence-agent", await FoundAsync("agent", "ok"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_when_the_state_folder_cannot_be_written()
    {
        _run.WithFile("state", "a file");
        Assert.Contains("is a file, not a folder", await FoundAsync("state folder", "missing"), StringComparison.Ordinal);

        // Of the kernel's files not even root can make new ones.
        _run.WithVariable("RINGFENCE_HOME", "/proc/ringfence");
        Assert.Equal("/proc cannot be written", await FoundAsync("state folder", "missing"));

        _run.WithVariable("RINGFENCE_HOME", "").WithVariable("HOME", "");
        Assert.Equal("neither HOME nor RINGFENCE_HOME is set", await FoundAsync("state folder", "missing"));
    }

    [Fact]
    public async Task Counts_what_killed_runs_left_and_leaves_it_there()
    {
        _run.WithFile("state/sandboxes/gone/owner", "999999999:1").WithFile("state/sandboxes/gone/job/file", "x").WithFile("state/sandboxes/strange/file", "x");

        Assert.Equal("1 folder of killed runs", await FoundAsync("leftovers", "warning"));
        Assert.True(File.Exists(Path.Combine(_run.Folder, "state/sandboxes/gone/job/file")));

        // Old and without an owner: a run was killed while it took its folder away.
        Directory.SetLastWriteTimeUtc(Path.Combine(_run.Folder, "state/sandboxes/strange"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        Assert.Equal("2 folders of killed runs", await FoundAsync("leftovers", "warning"));
    }

    [Fact]
    public async Task Says_what_guards_the_keys_of_the_keep()
    {
        Assert.Equal("there is no keep yet, so there are no secrets", await FoundAsync("keys of the keep", "ok"));
        var folder = new KeepFolder(Path.Combine(_run.Folder, "state/keep"), Path.Combine(_run.Folder, "state/vault"));
        using var requester = SigningKey.Create();
        await folder.CreateAsync(null, requester.Public, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Contains("whoever can read your files can open your secrets", await FoundAsync("keys of the keep", "warning"), StringComparison.Ordinal);

        using var passphrase = new SecretValue("correct horse battery");
        await new KeyChanges(folder, null, TimeProvider.System).ProtectAsync(passphrase, Cancel);
        Assert.Equal("protected by a passphrase", await FoundAsync("keys of the keep", "ok"));

        File.SetUnixFileMode(folder.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("others than you may read", await FoundAsync("keys of the keep", "missing"), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_what_the_kernel_says()
    {
        _run.WithFile("v2/proc/meminfo", "MemTotal:       16316412 kB\nMemFree: 1 kB\n").WithFile("v2/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n")
            .WithFile("small/proc/meminfo", "MemTotal:       16316412 kB\n").WithFile("small/sys/fs/cgroup/cgroup.controllers", "pids\n").WithFile("small/sys/fs/cgroup/memory.max", "1073741824\n")
            .WithFile("v1/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n").WithFile("v1/sys/fs/cgroup/cpu/tasks", "")
            .WithFile("none/proc/meminfo", "strange");

        Assert.Equal("15.6 GiB|2|cpu,memory,pids", Facts("v2"));
        Assert.Equal("1.0 GiB|2|pids", Facts("small"));
        Assert.EndsWith("|1|cpu,memory", Facts("v1"), StringComparison.Ordinal);
        Assert.Equal("0 B|0|", Facts("none"));
        Assert.Equal(FindingState.Warning, MachineFindings.Resources(MachineFacts.Read(Path.Combine(_run.Folder, "small"))).State);
        Assert.Equal(
            [FindingState.Ok, FindingState.Warning, FindingState.Ok, FindingState.Warning],
            ((string[])["v2", "small", "v1", "none"]).Select(root => MachineFindings.Limits(MachineFacts.Read(Path.Combine(_run.Folder, root))).State));

        string Facts(string root)
        {
            var facts = MachineFacts.Read(Path.Combine(_run.Folder, root));
            return $"{ByteText.Of(facts.MemoryBytes)}|{facts.CgroupVersion}|{string.Join(',', facts.Controllers)}";
        }
    }

    [Theory]
    [InlineData("plain", false, true)]
    [InlineData("colour", true, true)]
    [InlineData("ascii", false, false)]
    public void Looks_like_this(string golden, bool colour, bool unicode)
    {
        var traits = new OutputTraits(colour, unicode, 100);
        var output = new StringWriter { NewLine = "\n" };

        foreach (var examination in (Examination[])[Examinations.Good, Examinations.Fair, Examinations.Bad])
            StyledTextWriter.Write(ExaminationText.Draw(examination, traits), output, traits);

        Golden.Check(output.ToString(), $"tests/Ringfence.Cli.Tests/Doctor/Goldens/{golden}.txt");
    }

    [Fact]
    public async Task Says_the_same_in_json()
    {
        using var json = JsonDocument.Parse((await _run.Run("doctor", "--format", "json")).Out);

        Assert.False(json.RootElement.GetProperty("usable").GetBoolean());
        Assert.StartsWith("Jobs cannot run on this machine", json.RootElement.GetProperty("verdict").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["container engine", "bubblewrap", "git", "agent", "state folder", "fence network", "network of jobs", "disk space", "leftovers", "engine leftovers", "keys of the keep", "machine", "cgroups", "isolation", "config"],
            json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
    }

    public void Dispose() => _run.Dispose();

    private CommandRun WithAgent()
    {
        _run.WithFile("agent/ringfence-agent", "");
        File.SetUnixFileMode(Path.Combine(_run.Folder, "agent/ringfence-agent"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return _run;
    }

    private async Task<string> FoundAsync(string name, string state)
    {
        using var json = JsonDocument.Parse((await _run.Run("doctor", "--format", "json")).Out);
        var finding = json.RootElement.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("name").GetString() == name);
        Assert.Equal(state, finding.GetProperty("state").GetString());
        return finding.GetProperty("found").GetString()!;
    }
}
