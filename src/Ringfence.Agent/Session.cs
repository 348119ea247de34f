using Ringfence.Agent.Continuation;
using Ringfence.Agent.Files;
using Ringfence.Agent.Masking;
using Ringfence.Agent.Processes;
using Ringfence.Protocol;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent;

/// <summary>One conversation with the runner, from the greeting until the runner closes the stream; then nothing that the job started is left.</summary>
internal sealed class Session(Stream input, FrameWriter writer, Reaper reaper, TaskFolder task)
{
    private static readonly TimeSpan GraceWithoutRunner = TimeSpan.FromSeconds(2);

    private readonly ProcessStarter _processes = new(writer, reaper, task);
    private readonly FileRequests _files = new(writer);
    private readonly FrameReader _frames = new(input);
    private MaskListener? _masks;

    /// <summary>Serves the runner.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        writer.Send(new FromAgent { Hello = Greeting.Of(task) });
        try
        {
            while (await _frames.ReadAsync(ToAgent.Parser, cancel).ConfigureAwait(false) is { } message)
                await AnswerAsync(message, cancel).ConfigureAwait(false);
        }
        finally
        {
            await JobEnd.RunAsync(GraceWithoutRunner).ConfigureAwait(false);
            task.Remove();
        }
    }

    /// <summary>Refuses what fails in a way that nobody thought of, such as for want of descriptors: the runner waits for an answer, and the other steps are no part of it.</summary>
    private async ValueTask AnswerAsync(ToAgent message, CancellationToken cancel)
    {
        try
        {
            await HandleAsync(message, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            writer.Send(new FromAgent { Id = message.Id, Failure = FileFailures.Of(e, "") });
        }
    }

    private async ValueTask HandleAsync(ToAgent message, CancellationToken cancel)
    {
        switch (message.KindCase)
        {
            case ToAgent.KindOneofCase.Start:
                _processes.Start(message.Id, message.Start);
                break;
            case ToAgent.KindOneofCase.Signal when _processes.Find(message.Id) is { } process:
                ProcessTable.SignalTree(process.Pid, (int)message.Signal.Number);
                break;
            case ToAgent.KindOneofCase.Input when _processes.Find(message.Id) is { } process:
                await process.TypeAsync(message.Input, cancel).ConfigureAwait(false);
                break;
            case ToAgent.KindOneofCase.Resize when _processes.Find(message.Id) is { Terminal: { } terminal } && terminal.TryUse():
                PseudoTerminal.Resize(terminal.Number, message.Resize.Rows, message.Resize.Columns);
                terminal.LetGo();
                break;
            case ToAgent.KindOneofCase.Listen:
                Answer(message.Id, new Done { Port = (uint)new ContinuationListener(task.Location, message.Listen.Key).Start(TimeProvider.System, cancel) });
                break;
            case ToAgent.KindOneofCase.ListenForMasks:
                _masks = new MaskListener(task.Location, writer, message.Id, TimeProvider.System);
                _masks.Start(cancel);
                Answer(message.Id, new Done());
                break;
            case ToAgent.KindOneofCase.MaskAnswer:
                _masks?.Take(message.MaskAnswer);
                break;
            case ToAgent.KindOneofCase.EndAll:
                await JobEnd.RunAsync(TimeSpan.FromMilliseconds(message.EndAll.Grace)).ConfigureAwait(false);
                Answer(message.Id, new Done());
                break;
            default:
                await _files.HandleAsync(message, cancel).ConfigureAwait(false);
                break;
        }
    }

    private void Answer(uint id, Done done) => writer.Send(new FromAgent { Id = id, Done = done });
}
