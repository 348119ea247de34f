using Google.Protobuf;
using Ringfence.Agent.Native;
using Ringfence.Agent.Processes;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Tests.Processes;

/// <summary>What a process and the agent say to each other.</summary>
public sealed class RunningProcessTests : IDisposable
{
    private const int GetFlags = 1;
    private const int Typed = 1024 * 1024 + 1;

    private readonly RunnerEnd _runner = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task A_terminal_is_closed_only_when_nobody_types_into_it_any_more()
    {
        // In the place of a terminal whose process reads nothing. It takes part of what is typed, and the thread that types waits.
        var (read, write) = Descriptor.Pipe();
        var terminal = new SharedDescriptor(write);
        var finished = new TaskCompletionSource<Exited>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new RunningProcess(1, _runner.Writer) { Terminal = terminal, Finished = finished.SetResult };
        Assert.True(terminal.TryUse());
        process.FeedTo(terminal);
        process.Read(terminal, null);
        await process.TypeAsync(new Input { Data = ByteString.CopyFrom(new byte[Typed]) }, Cancel);
        Assert.True(Descriptor.Wait(read, -1, 60_000).First, "Nothing was typed.");

        process.Ended(3 << 8);

        Assert.Equal(3, (await finished.Task.WaitAsync(Cancel)).Code);
        Assert.True(Libc.Control(write, GetFlags, 0) >= 0, "The descriptor was closed under the hands of the one who writes to it.");

        // All of it arrives, and then the end: the last one to let go has closed it.
        Assert.Equal(Typed, await Task.Run(() => ReadToEnd(read), Cancel));
        _ = Libc.Close(read);
    }

    [Fact]
    public async Task What_is_typed_for_a_process_that_has_ended_is_dropped()
    {
        var (read, write) = Descriptor.Pipe();
        var finished = new TaskCompletionSource<Exited>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new RunningProcess(1, _runner.Writer) { Finished = finished.SetResult };
        process.Read(new SharedDescriptor(read), null);
        _ = Libc.Close(write);
        process.Ended(0);
        await finished.Task.WaitAsync(Cancel);

        await process.TypeAsync(new Input { Data = ByteString.CopyFrom(1), End = true }, Cancel);
    }

    [Fact]
    public void A_descriptor_that_everybody_has_let_go_of_takes_no_new_user()
    {
        var (read, write) = Descriptor.Pipe();
        var shared = new SharedDescriptor(write);

        Assert.True(shared.TryUse());
        shared.LetGo();
        Assert.True(Descriptor.Write(shared.Number, [1]), "It was closed under the hands of another user.");
        Assert.True(shared.TryUse());
        shared.LetGo();
        shared.LetGo();

        Assert.False(shared.TryUse());
        Assert.Equal(1, ReadToEnd(read));
        Assert.False(new SharedDescriptor(-1).TryUse());
        _ = Libc.Close(read);
    }

    private static int ReadToEnd(int descriptor)
    {
        var (all, buffer) = (0, new byte[4096]);
        while (Descriptor.Read(descriptor, buffer) is > 0 and var count)
            all += count;
        return all;
    }
}
