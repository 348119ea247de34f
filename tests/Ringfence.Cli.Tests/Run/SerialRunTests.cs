using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Cli.Tests.Run;

/// <summary>Serial groups between runs that go on side by side.</summary>
public sealed class SerialRunTests : IDisposable
{
    // The door is at this machine's loopback address, which is closed to a job with a network of its own.
    private const string ThisMachine = "--host-network";

    private readonly TcpListener _door = new(IPAddress.Loopback, 0);

    public SerialRunTests() => _door.Start();

    public void Dispose() => _door.Dispose();

    [Fact]
    [Rule("EX-3.15", "EX-18.10")]
    public async Task A_second_run_waits_until_the_first_has_deployed()
    {
        using var trial = await PipelineTrial.With(Config());
        var first = trial.Run(ThisMachine);
        using var inside = await KnockAsync(first);
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trial.Commands.OnOutput = line =>
        {
            if (line.Contains("Waiting for the serial group a-key: pipeline 1 of ", StringComparison.Ordinal))
                waits.TrySetResult();
        };
        var second = trial.Run(ThisMachine);
        await Task.WhenAny(waits.Task, second);
        Assert.True(waits.Task.IsCompleted, waits.Task.IsCompleted ? "" : (await second).Transcript);

        // No other run has asked at the door in the meantime.
        Assert.False(_door.Pending());
        inside.Close();
        Assert.Equal((int)ExitCode.Success, (await first).Exit);
        using (await KnockAsync(second))
        {
            // It has come in.
        }

        var result = await second;
        Assert.True(result.Exit == (int)ExitCode.Success, result.Transcript);
        Assert.Contains("| deployed 2\n", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("a-key", Line(trial), StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-3.19")]
    public async Task A_run_that_waits_can_be_canceled_and_leaves_the_line()
    {
        using var trial = await PipelineTrial.With(Config());
        var first = trial.Run(ThisMachine);
        using var inside = await KnockAsync(first);
        trial.Commands.OnOutput = line =>
        {
            if (line.Contains("Waiting for the serial group", StringComparison.Ordinal))
                trial.Commands.Interrupt();
        };

        var canceled = await trial.Run(ThisMachine);

        Assert.NotEqual((int)ExitCode.Success, canceled.Exit);
        Assert.Contains("main: workflow canceled", canceled.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| deployed", canceled.Out, StringComparison.Ordinal);
        Assert.Single(Line(trial).Split("a-key")[1..]);
        inside.Close();
        Assert.Equal((int)ExitCode.Success, (await first).Exit);
    }

    /// <summary>Waits until the job of a run knocks.</summary>
    private async Task<Socket> KnockAsync(Task<CommandResult> run)
    {
        var knock = _door.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask();
        await Task.WhenAny(knock, run);
        Assert.True(knock.IsCompleted, knock.IsCompleted ? "" : (await run).Transcript);
        return await knock;
    }

    private static string Line(PipelineTrial trial) => File.ReadAllText(Path.Combine(new Ringfence.Cli.Local.LocalState(trial.Home).Serial("local"), "serial.json"));

    /// <summary>A job in a group that knocks at the door, and goes on when that is closed.</summary>
    private string Config() => string.Create(CultureInfo.InvariantCulture,
        $$$"""
        version: 2.1
        jobs:
          ship:
            machine: true
            steps:
              - run: 'exec 3<>/dev/tcp/127.0.0.1/{{{((IPEndPoint)_door.LocalEndpoint).Port}}}; read -r line <&3 || true; echo "deployed << pipeline.number >>"'
        workflows: {main: {jobs: [ship: {serial-group: a-key}]}}
        """);
}
