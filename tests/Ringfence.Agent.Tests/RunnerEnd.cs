using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using Ringfence.Agent.Native;
using Ringfence.Protocol;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Tests;

/// <summary>What the runner gets of a conversation with the agent.</summary>
internal sealed class RunnerEnd : IDisposable
{
    private readonly (int Read, int Write) _pipe = Descriptor.Pipe();
    private readonly AnonymousPipeClientStream _answers;
    private readonly FrameReader _frames;

    public RunnerEnd()
    {
        Descriptor.Widen(_pipe.Read);
        _answers = new AnonymousPipeClientStream(PipeDirection.In, new SafePipeHandle(_pipe.Read, ownsHandle: true));
        _frames = new FrameReader(_answers);
        Writer = new FrameWriter(_pipe.Write);
    }

    /// <summary>The agent's way to it.</summary>
    public FrameWriter Writer { get; }

    /// <summary>What comes next.</summary>
    public async Task<FromAgent> NextAsync() =>
        await _frames.ReadAsync(FromAgent.Parser, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The agent said nothing more.");

    public void Dispose()
    {
        _answers.Dispose();
        _ = Libc.Close(_pipe.Write);
    }
}
