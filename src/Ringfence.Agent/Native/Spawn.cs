using System.Runtime.InteropServices;

namespace Ringfence.Agent.Native;

/// <summary>Starts a program as the leader of a session of its own, with the signals as a program expects them.</summary>
internal static unsafe class Spawn
{
    private const int StructureLength = 1024;  // of the C library's opaque structures, with room to spare
    private const int SignalSetLength = 128;
    private const short SetDefaults = 0x04;
    private const short SetMask = 0x08;
    private const short SetSession = 0x80;
    private const int ReplaceMask = 2;

    // .NET ignores SIGPIPE and handles others; a child would inherit what is ignored.
    private static ReadOnlySpan<byte> DefaultSignals => [1, 2, 3, 13, 15, 17, 18, 20, 21, 22, 28];

    /// <summary>What the three standard streams of the child are.</summary>
    /// <param name="Input">A descriptor; -1 for /dev/null.</param>
    /// <param name="Output">A descriptor.</param>
    /// <param name="Error">A descriptor, which may be that of the output.</param>
    /// <param name="Terminal">The path of a terminal that takes the place of all three, or null.</param>
    public readonly record struct Streams(int Input, int Output, int Error, string? Terminal = null);

    /// <summary>Starts it.</summary>
    /// <returns>The process, or the number of the error.</returns>
    public static (int Pid, int Error) Start(string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, string directory, Streams streams)
    {
        using var argv = new Texts(arguments);
        using var envp = new Texts(environment);
        var actions = NativeMemory.AllocZeroed(StructureLength);
        var attributes = NativeMemory.AllocZeroed(StructureLength);
        var signals = stackalloc byte[SignalSetLength];
        var names = new List<nint>();
        try
        {
            _ = Libc.ActionsInitialize(actions);
            _ = Libc.ActionsChangeFolder(actions, Name(directory, names));
            Connect(actions, streams, names);

            _ = Libc.AttributesInitialize(attributes);
            new Span<byte>(signals, SignalSetLength).Clear();
            _ = Libc.AttributesSetMask(attributes, signals);
            foreach (var signal in DefaultSignals)
                signals[(signal - 1) / 8] |= (byte)(1 << ((signal - 1) % 8));
            _ = Libc.AttributesSetDefaults(attributes, signals);
            _ = Libc.AttributesSetFlags(attributes, SetDefaults | SetMask | SetSession);

            int pid;
            var error = Libc.Spawn(&pid, Name(path, names), actions, attributes, argv.Items, envp.Items);
            return error == 0 ? (pid, 0) : (0, error);
        }
        finally
        {
            _ = Libc.ActionsDestroy(actions);
            _ = Libc.AttributesDestroy(attributes);
            NativeMemory.Free(actions);
            NativeMemory.Free(attributes);
            foreach (var name in names)
                NativeMemory.Free((void*)name);
        }
    }

    /// <summary>Becomes another program, with the variables of this process and the signals as a program expects them.</summary>
    /// <returns>The number of the error; when there is none it does not return.</returns>
    public static int Become(string path, IReadOnlyList<string> arguments)
    {
        using var argv = new Texts(arguments);
        using var envp = new Texts([.. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(v => $"{v.Key}={v.Value}")]);
        using var name = new Texts([path]);

        // What handles a signal ends with this program; what ignores one would not.
        var none = stackalloc byte[StructureLength];
        new Span<byte>(none, StructureLength).Clear();
        foreach (var signal in DefaultSignals)
            _ = Libc.SignalAction(signal, none, null);
        _ = Libc.SignalMask(ReplaceMask, none, null);
        _ = Libc.Execute(name.Items[0], argv.Items, envp.Items);
        return Marshal.GetLastPInvokeError();
    }

    private static void Connect(void* actions, Streams streams, List<nint> names)
    {
        if (streams.Terminal is { } terminal)
        {
            // The leader of a session without a terminal that opens one gets it as its own.
            _ = Libc.ActionsOpen(actions, 0, Name(terminal, names), Libc.ReadWrite, 0);
            _ = Libc.ActionsDuplicate(actions, 0, 1);
            _ = Libc.ActionsDuplicate(actions, 0, 2);
            return;
        }

        if (streams.Input < 0)
            _ = Libc.ActionsOpen(actions, 0, Name("/dev/null", names), 0, 0);
        else
            _ = Libc.ActionsDuplicate(actions, streams.Input, 0);
        _ = Libc.ActionsDuplicate(actions, streams.Output, 1);
        _ = Libc.ActionsDuplicate(actions, streams.Error, 2);
    }

    private static byte* Name(string text, List<nint> names)
    {
        var copy = Texts.Copy(text);
        names.Add((nint)copy);
        return copy;
    }
}
