using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ringfence.Cli.Local;
using Ringfence.Cli.Settings;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>Sends a thief into a kind of sandbox, after an earlier job and beside another one, and tells what it brought back (INC-31, RUN-6).</summary>
internal sealed class IsolationCheck(Surroundings surroundings, LocalState state)
{
    /// <summary>The kind of sandbox without a fence.</summary>
    public const string Plain = "none";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Where a cloud's metadata may answer, as address/port; the word gateway stands for the sandbox's own.</summary>
    public ImmutableArray<string> Metadata { get; init; } = ["169.254.169.254/80", "fd00:ec2::254/80", "169.254.170.2/80", "192.0.0.192/80", "168.63.129.16/80", "100.100.100.200/80", "metadata.google.internal/80"];

    /// <summary>Whether jobs have a network.</summary>
    public bool HasNetwork { get; init; } = true;

    /// <summary>What the user's own settings say of networks, which is what jobs get.</summary>
    public FileSettings Settings { get; init; } = FileSettings.None;

    /// <summary>Tries one kind of sandbox.</summary>
    /// <param name="kind">Its name.</param>
    /// <param name="provider">Makes it.</param>
    /// <param name="containers">The containers; empty for a process.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<SandboxIsolation> RunAsync(string kind, ISandboxProvider provider, ImmutableArray<ContainerRequest> containers, CancellationToken cancel)
    {
        var check = await provider.CheckAsync(cancel);
        if (!check.IsAvailable)
            return new SandboxIsolation(kind, check.Description, []);
        using var limit = new CancellationTokenSource(Longest, surroundings.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        Directory.CreateDirectory(state.Sandboxes);
        var run = Guid.NewGuid().ToString("N")[..12];
        var scratch = ScratchFolders.Create(state.Sandboxes, run);
        try
        {
            Decoys.Sweep(state);
            using var decoys = new Decoys(state);
            var gaps = new ConcurrentQueue<string>();
            var printed = await StealAsync(id => provider.StartAsync(Request(id, run, scratch, containers), Listen, either.Token), decoys, containers.IsEmpty, either.Token);
            return new SandboxIsolation(kind, check.Description, WithGaps(Thief.Understand(printed, decoys.IsPlanted), gaps));

            void Listen(SandboxReport said)
            {
                if (said is SandboxReport.Line { IsGap: true, Text: var text })
                    gaps.Enqueue(text.TrimEnd('.'));
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SandboxIsolation(kind, "the thief took longer than three minutes", []);
        }
        catch (Exception e) when (e is SandboxException or AgentLostException or AgentRefusedException or IOException or UnauthorizedAccessException)
        {
            return new SandboxIsolation(kind, e.Message.ReplaceLineEndings(" "), []);
        }
        finally
        {
            scratch.RemoveAll();  // what stays is counted among the leftovers
        }
    }

    // What is open counts also where no cloud is there to be found through it.
    private static ImmutableArray<ProbeResult> WithGaps(ImmutableArray<ProbeResult> results, ConcurrentQueue<string> gaps) =>
        gaps.IsEmpty ? results : [.. results.Select(r => r is { Probe: "metadata", State: not ProbeState.Found } ? new ProbeResult(r.Probe, ProbeState.Found, gaps.First()) : r)];

    private async Task<string> StealAsync(Func<string, Task<ISandbox>> startAsync, Decoys decoys, bool hasHostFiles, CancellationToken cancel)
    {
        await using (var earlier = await startAsync("earlier"))
            await RunAsync(earlier.Agent, ThiefScripts.Earlier, [("RF_VALUE", decoys.Of("left")), ("RF_TAG", decoys.Tag)], cancel);

        await using var neighbour = await startAsync("neighbour");
        await using var place = await startAsync("thief");
        var port = FreePort();
        using var living = await Thief.StartAsync(neighbour.Agent, ThiefScripts.Neighbour, [("RF_VALUE", decoys.Of("job")), ("RF_ANSWER", decoys.Of("port")), ("RF_TAG", decoys.Tag), ("RF_PORT", port)], cancel);
        var address = (await Thief.ReadAsync(living, "ready ", cancel)).Split(' ') is ["ready", var said] && said is not "-" ? said : "";

        // A step that has ended: nothing of it should be left where the next can read it.
        await RunAsync(place.Agent, "exit 0", [("DECOY", decoys.Of("step"))], cancel);
        return await RunAsync(place.Agent, ThiefScripts.Thief, [.. WhereToLook(decoys), ("RF_NEIGHBOUR", address), ("RF_NEIGHBOUR_HOME", neighbour.Agent.Hello.Home), ("RF_PORT", port), ("RF_HOST_FILES", hasHostFiles ? "1" : "0"), ("RF_TOOLS", place.Agent.Hello.ToolFolder)], cancel);
    }

    // Places, never values.
    private IEnumerable<(string Name, string Value)> WhereToLook(Decoys decoys) =>
    [
        ("RF_TAG", decoys.Tag),
        ("RF_DECOY_PID", Text(decoys.ProcessId)),
        ("RF_RUNNER_ADDRESS", Text(decoys.Address)),
        ("RF_STATE", state.Root),
        ("RF_KEEP_DECOY", decoys.KeepFile),
        ("RF_HOME_DECOY", decoys.Home),
        ("RF_HOST_HOME", surroundings.Variable("HOME") ?? ""),
        ("RF_ENGINE", surroundings.Variable("DOCKER_HOST") is { } host && host.StartsWith("unix://", StringComparison.Ordinal) ? host[7..] : "/var/run/docker.sock"),
        ("RF_METADATA", string.Join(' ', Metadata)),
        ("RF_KEYS", decoys.HasKey ? "1" : "0"),
        ("RF_LOOPBACK", Text(decoys.LoopbackPort)),
    ];

    private SandboxRequest Request(string id, string run, ScratchFolders scratch, ImmutableArray<ContainerRequest> containers) => new()
    {
        Id = id,
        RunId = run,
        Containers = containers,
        AgentFolder = AgentFolder.Of(surroundings),
        ScratchFolder = scratch.Add(id),
        HasNetwork = HasNetwork,
        HasHostNetwork = Settings.HasHostNetwork is true,
        AllowedAddresses = Settings.AllowedAddresses,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return Text(((IPEndPoint)socket.LocalEndPoint!).Port);
    }

    private static async Task<string> RunAsync(AgentConnection agent, string script, IEnumerable<(string, string)> variables, CancellationToken cancel)
    {
        using var process = await Thief.StartAsync(agent, script, variables, cancel);
        return await Thief.ReadAsync(process, null, cancel);
    }
}
