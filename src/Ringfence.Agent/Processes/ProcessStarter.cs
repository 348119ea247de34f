using System.ComponentModel;
using Ringfence.Agent.Files;
using Ringfence.Agent.Native;
using Ringfence.Protocol.Agents;

namespace Ringfence.Agent.Processes;

/// <summary>Starts the processes that the runner asks for, and knows those that run.</summary>
internal sealed class ProcessStarter(FrameWriter writer, Reaper reaper, TaskFolder task)
{
    private const int NoSuchFile = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<uint, RunningProcess> _running = [];

    /// <summary>The running process of a request, or null.</summary>
    public RunningProcess? Find(uint id)
    {
        lock (_lock)
            return _running.GetValueOrDefault(id);
    }

    /// <summary>Starts a process and answers the request.</summary>
    public void Start(uint id, StartProcess request)
    {
        if (!Directory.Exists(request.Directory))
        {
            Fail(id, FailureKind.NotFound, $"chdir {request.Directory}: no such file or directory", request.Directory);
            return;
        }

        var program = ProgramSearch.Find(request.Argv[0], request.Environment.TryGetValue("PATH", out var path) ? path : "", request.Directory);
        if (program is null)
        {
            Fail(id, FailureKind.CannotStart, $"exec: \"{request.Argv[0]}\": executable file not found", request.Argv[0]);
            return;
        }

        List<string> arguments = [.. request.Argv];
        var script = request.Script.IsEmpty ? null : task.WriteScript(request.Script.Span);
        if (script is not null)
            arguments.Add(script);

        var error = Launch(id, request, program, arguments, [.. request.Environment.Select(v => $"{v.Key}={v.Value}")]);
        if (error != 0)
            Fail(id, FailureKind.CannotStart, error == NoSuchFile ? $"exec: \"{program}\": its interpreter is not there" : $"exec: \"{program}\": {new Win32Exception(error).Message}", program);
    }

    private int Launch(uint id, StartProcess request, string program, List<string> arguments, List<string> environment)
    {
        var terminal = request.Pty ? PseudoTerminal.Open(request.Rows, request.Columns) : (Descriptor: -1, Path: "");
        (int Read, int Write) none = (-1, -1);
        var output = request.Pty ? none : Descriptor.Pipe();
        var errors = !request.Pty && request.SeparateErrors ? Descriptor.Pipe() : none;
        var input = !request.Pty && request.OpenInput ? Descriptor.Pipe() : none;
        if (output.Read >= 0)
            Descriptor.Widen(output.Read);

        var streams = new Spawn.Streams(input.Read, output.Write, errors.Write < 0 ? output.Write : errors.Write, request.Pty ? terminal.Path : null);
        var process = new RunningProcess(id, writer) { Terminal = request.Pty ? new SharedDescriptor(terminal.Descriptor) : null, Finished = exit => Finish(id, exit, request.Halts) };
        var error = 0;
        var pid = reaper.Watch(
            () =>
            {
                (var started, error) = Spawn.Start(program, arguments, environment, request.Directory, streams);
                return started;
            },
            process.Ended);
        CloseAll(output.Write, errors.Write, input.Read);
        if (pid <= 0)
        {
            CloseAll(output.Read, errors.Read, input.Write, terminal.Descriptor);
            process.Abandon();
            return error;
        }

        process.Pid = pid;
        lock (_lock)
            _running[id] = process;
        writer.Send(new FromAgent { Id = id, Started = new Started { Pid = (uint)pid } });
        if (process.Terminal is { } near)
        {
            if (near.TryUse())
                process.FeedTo(near);
            process.Read(near, null);
            return 0;
        }

        if (input.Write >= 0)
            process.FeedTo(new SharedDescriptor(input.Write));
        process.Read(new SharedDescriptor(output.Read), errors.Read >= 0 ? new SharedDescriptor(errors.Read) : null);
        return 0;
    }

    private void Finish(uint id, Exited exit, bool looksForHalt)
    {
        lock (_lock)
            _running.Remove(id);
        exit.Halted = looksForHalt && task.TakeHalt();
        writer.Send(new FromAgent { Id = id, Exited = exit });
    }

    private void Fail(uint id, FailureKind kind, string message, string path) =>
        writer.Send(new FromAgent { Id = id, Failure = new Failure { Kind = kind, Message = message, Path = path } });

    private static void CloseAll(params ReadOnlySpan<int> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            if (descriptor >= 0)
                _ = Libc.Close(descriptor);
        }
    }
}
