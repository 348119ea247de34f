using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Process;
using Ringfence.Runner.Tests.Sandboxes.Parts;

namespace Ringfence.Runner.Tests.Sandboxes.Process;

/// <summary>What a fenced job reaches over its network, and what it does not.</summary>
public sealed class FencedNetworkTests : IAsyncLifetime
{
    private static readonly string SearchPath = Environment.GetEnvironmentVariable("PATH") ?? "";

    private readonly string _scratch = Directory.CreateTempSubdirectory("ringfence-fence-").FullName;
    private readonly List<string> _lines = [];
    private readonly List<ISandbox> _started = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await TestFence.RequireNetworkAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var sandbox in _started)
            await sandbox.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
    }

    [Fact]
    [Rule("INC-31")]
    public async Task It_has_a_way_out_and_names_and_nothing_of_this_machines_loopback()
    {
        using var inner = Listen(IPAddress.Loopback);
        using var outer = Listen(IPAddress.Any);
        var sandbox = await StartAsync("job-1");

        var outcome = await Outcome.OfAsync(sandbox, $$"""
            cat /etc/resolv.conf | head -n 1
            call() { exec 3<>"/dev/tcp/$1/$2" && head -c 2 <&3; } 2>/dev/null
            for place in "{{OwnAddress()}} {{Port(outer)}}" "127.0.0.1 {{Port(inner)}}" "10.0.2.2 {{Port(inner)}}" "10.0.2.2 {{Port(outer)}}" "10.0.2.3 {{Port(outer)}}"; do
              (call $place) || echo no
            done
            """, start => start.Argv[0] = "/bin/bash");

        Assert.Equal("nameserver 10.0.2.3\nok" + "no\nno\nno\nno\n", outcome.Output);
        Assert.Equal(["Starting a process sandbox: bubblewrap, user 1000, network of its own"], _lines);
    }

    [Fact]
    [Rule("INC-31")]
    public async Task Steps_of_one_job_see_each_others_ports_and_other_jobs_do_not()
    {
        var one = await StartAsync("job-1");
        var two = await StartAsync("job-2");
        using var listening = await Outcome.StartAsync(one, "exec perl -MIO::Socket::INET -e '$|=1; $s=IO::Socket::INET->new(Listen=>5,LocalAddr=>\"0.0.0.0:8080\"); print \"ready\\n\"; while($c=$s->accept){print $c \"ok\"; close $c}'");
        await Outcome.UntilAsync(listening, "ready");
        const string Call = "for host in 127.0.0.1 localhost 10.0.2.100; do (exec 3<>/dev/tcp/$host/8080 && head -c 2 <&3) 2>/dev/null || echo no; done";

        Assert.Equal("okokok", (await Outcome.OfAsync(one, Call, start => start.Argv[0] = "/bin/bash")).Output);
        Assert.Equal("no\nno\nno\n", (await Outcome.OfAsync(two, Call, start => start.Argv[0] = "/bin/bash")).Output);
    }

    [Theory]
    [Rule("INC-31")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    public async Task What_clouds_tell_their_machines_is_out_of_reach_and_stays_so(string address)
    {
        var sandbox = await StartAsync("job-1");

        var outcome = await Outcome.OfAsync(sandbox, $"""
            call() (exec 3<>"/dev/tcp/{address}/80") 2>&1
            call | grep -o 'Network is unreachable' | head -n 1
            ip rule del priority 42 2>&1 | grep -o 'not permitted'
            unshare --user --map-root-user ip rule del priority 42 2>&1 | grep -o 'not permitted'
            call | grep -o 'Network is unreachable' | head -n 1
            grep CapBnd /proc/self/status
            """, start => start.Argv[0] = "/bin/bash");

        Assert.Equal("Network is unreachable\nnot permitted\nnot permitted\nNetwork is unreachable\nCapBnd:\t0000000000000000\n", outcome.Output);
    }

    [Fact]
    public async Task What_the_user_allows_is_not_denied()
    {
        var sandbox = await StartAsync("job-1", request => request with { AllowedAddresses = ["169.254.169.254"] });

        // The route is asked for; whether anything answers there is up to where this runs.
        var outcome = await Outcome.OfAsync(sandbox, "for address in 169.254.169.254 169.254.170.2; do ip route get $address 2>&1 | grep -o -e 'dev tap0' -e unreachable; done");

        Assert.Equal("dev tap0\nunreachable\n", outcome.Output);
    }

    [Fact]
    public async Task The_way_out_ends_with_the_job()
    {
        var sandbox = await StartAsync("job-1");
        var process = $"/proc/{((ProcessSandbox)sandbox).Network!.ProcessId}";
        Assert.Contains("slirp4netns", await File.ReadAllTextAsync($"{process}/comm", Cancel), StringComparison.Ordinal);

        await sandbox.DisposeAsync();

        Assert.False(Directory.Exists(process));
    }

    [Fact]
    public async Task Without_the_program_the_job_has_this_machines_network_and_is_told_so()
    {
        var folder = FolderOf("bwrap", "nsenter", "unshare");
        using var inner = Listen(IPAddress.Loopback);

        var sandbox = await StartAsync("job-1", searchPath: folder);

        Assert.Equal("ok", (await Outcome.OfAsync(sandbox, $"exec 3<>/dev/tcp/127.0.0.1/{Port(inner)} && head -c 2 <&3", start => start.Argv[0] = "/bin/bash")).Output);
        Assert.Equal(
            [
                "The job has no network of its own, so it reaches this machine's loopback address, other jobs' ports and a cloud's metadata service: slirp4netns is not installed. Install it: apt-get install slirp4netns",
                "Starting a process sandbox: bubblewrap, user 1000, network of this machine",
            ],
            _lines);
    }

    [Fact]
    public async Task When_the_program_fails_the_reason_is_told_and_it_is_not_tried_again()
    {
        var folder = FolderOf("bwrap", "nsenter", "unshare");
        Executables.Write(Path.Combine(folder, "slirp4netns"), "#!/bin/sh\necho 'no tap here' >&2\nexit 1\n");
        var provider = new ProcessSandboxProvider(fenced: true, folder);

        await StartAsync("job-1", provider: provider);
        await StartAsync("job-2", provider: provider);

        Assert.Equal(5, _lines.Count);
        Assert.Equal("Starting a process sandbox: bubblewrap, user 1000, network of its own", _lines[0]);
        Assert.EndsWith("slirp4netns does not work here: no tap here.", _lines[1], StringComparison.Ordinal);
        Assert.Equal(_lines[1], _lines[3]);
        Assert.Equal(_lines[2], _lines[4]);
    }

    [Fact]
    [Rule("INC-31")]
    public async Task When_it_fails_after_it_has_worked_no_job_gets_this_machines_network_for_it()
    {
        var folder = FolderOf("bwrap", "nsenter", "unshare", "slirp4netns");
        var provider = new ProcessSandboxProvider(fenced: true, folder);
        await StartAsync("job-1", provider: provider);
        File.Delete(Path.Combine(folder, "slirp4netns"));
        Executables.Write(Path.Combine(folder, "slirp4netns"), "#!/bin/sh\necho 'out of memory' >&2\nexit 1\n");

        var error = await Assert.ThrowsAsync<SandboxException>(() => StartAsync("job-2", provider: provider));

        Assert.Equal("The job's own network could not be made: out of memory.", error.Message);
        Assert.False(error.IsFaultOfJob);
        Assert.All(_lines, line => Assert.Equal("Starting a process sandbox: bubblewrap, user 1000, network of its own", line));
    }

    [Fact]
    public async Task A_person_may_give_jobs_this_machines_network()
    {
        await StartAsync("job-1", request => request with { HasHostNetwork = true });

        Assert.Equal(["Starting a process sandbox: bubblewrap, user 1000, network of this machine"], _lines);
    }

    /// <summary>A folder with programs of this machine and no others.</summary>
    private string FolderOf(params ReadOnlySpan<string> programs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_scratch, "bin")).FullName;
        foreach (var name in programs)
            File.CreateSymbolicLink(Path.Combine(folder, name), SearchPath.Split(':').Select(f => Path.Combine(f, name)).First(File.Exists));
        return folder;
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>An address of this machine that is not its loopback address.</summary>
    private static IPAddress OwnAddress()
    {
        var own = NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .FirstOrDefault(one => one.Address.AddressFamily == AddressFamily.InterNetwork);
        Assert.SkipWhen(own is null, "This machine is in no network.");
        return own.Address;
    }

    /// <summary>Something that says ok to whoever calls.</summary>
    private static TcpListener Listen(IPAddress address)
    {
        var listener = new TcpListener(address, 0);
        listener.Start();
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using var caller = await listener.AcceptSocketAsync();
                    await caller.SendAsync("ok"u8.ToArray());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        });
        return listener;
    }

    private async Task<ISandbox> StartAsync(string id, Func<SandboxRequest, SandboxRequest>? change = null, string? searchPath = null, ProcessSandboxProvider? provider = null)
    {
        var request = new SandboxRequest { Id = id, RunId = "fence", AgentFolder = await StaticAgent.FolderAsync(), ScratchFolder = Directory.CreateDirectory(Path.Combine(_scratch, id)).FullName };
        var sandbox = await (provider ?? new ProcessSandboxProvider(fenced: true, searchPath ?? SearchPath)).StartAsync(change?.Invoke(request) ?? request, report => _lines.Add(((SandboxReport.Line)report).Text), Cancel);
        _started.Add(sandbox);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', _lines));
        return sandbox;
    }
}
