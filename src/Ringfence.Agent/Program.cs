using System.ComponentModel;
using Ringfence.Agent;
using Ringfence.Agent.InJob;
using Ringfence.Agent.Native;
using Ringfence.Agent.Network;
using Ringfence.Agent.Processes;

// Started by the runner it serves it over its standard streams, or readies the network of a job; called by a job it is the `circleci` command.
if (args is ["--serve"])
    return await Serve();
if (args is [NetworkDenial.Verb, ..])
    return NetworkDenial.Run(args.AsSpan(1), Console.Error);
if (args is [StartHold.ReleaseVerb])
    return await StartHold.ReleaseAsync();
if (args is [StartHold.ReleaseVerb, NetworkDenial.Verb, ..])
    return Math.Max(NetworkDenial.Run(args.AsSpan(2), Console.Error), await StartHold.ReleaseAsync());
if (args is [StartHold.WaitVerb, _, ..])
    return await StartHold.WaitAsync(args[1..]);
if (Path.GetFileName(Environment.GetCommandLineArgs()[0]) == MaskCommand.Program)
    return InJobCommand.Run(["mask", .. args], InJobSurroundings.OfThisProcess());
return InJobCommand.Run(args, InJobSurroundings.OfThisProcess());

static async Task<int> Serve()
{
    // No child may read or write the conversation: it moves to descriptors that are closed when a child starts.
    var incoming = StandardStreams.TakeInput();
    var writer = new FrameWriter(StandardStreams.TakeOutput());
    _ = Libc.ProcessControl(Libc.SetChildSubreaper, 1);

    // What earlier steps were given may still lie in this memory, and later steps run as the same user (RUN-6).
    _ = Libc.ProcessControl(Libc.SetDumpable, 0);

    // A step that crashes leaves no core with its secrets where this machine collects them, unless it asks for one ('ulimit -c'). A limit of one byte
    // is what also keeps the kernel from starting a program that takes cores.
    if (Libc.GetLimit(Libc.CoreSize, out var limit) == 0)
        _ = Libc.SetLimit(Libc.CoreSize, limit with { Current = Math.Min(1, limit.Most) });
    try
    {
        KeyFilter.Apply();
    }
    catch (Win32Exception e)
    {
        Console.Error.WriteLine($"The kernel's keyrings cannot be closed to the job: {e.Message}");
        return 1;
    }

    var reaper = new Reaper();
    reaper.Start();
    using var input = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(incoming, ownsHandle: true), FileAccess.Read, bufferSize: 0);
    await new Session(input, writer, reaper, Ringfence.Agent.Files.TaskFolder.Create()).RunAsync(CancellationToken.None);
    return 0;
}
