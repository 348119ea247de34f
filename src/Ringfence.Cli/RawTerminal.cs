using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ringfence.Cli;

/// <summary>
/// The terminal of this process while every key, Ctrl-C too, comes in as the bytes that it sends, and nothing is shown of its own accord. Disposing puts the terminal back as it was.
/// </summary>
/// <remarks>Meanwhile nobody may read from <see cref="Console"/> or start a program that shares the terminal: the runtime would set it as it thinks right.</remarks>
internal sealed partial class RawTerminal : IDisposable
{
    private const int Input = 0;
    private const int Now = 0;

    // More than the settings take on any system; what they are is between the C library and the kernel.
    private const int MostSettings = 256;

    private readonly byte[] _before = new byte[MostSettings];
    private readonly byte[] _raw = new byte[MostSettings];
    private readonly bool _isSet;
    private readonly SafeFileHandle _descriptor = new(Input, ownsHandle: false);
    private readonly PosixSignalRegistration _continued;

    private RawTerminal()
    {
        // Not the console's stream, which edits lines.
        Keys = new FileStream(_descriptor, FileAccess.Read, bufferSize: 0);
        Screen = Console.OpenStandardOutput();
        _isSet = GetSettings(Input, ref _before[0]) == 0;
        _before.CopyTo(_raw, 0);
        MakeRaw(ref _raw[0]);
        Set(_raw);

        // When the process goes on after a stop, the runtime and the person's shell have set the terminal.
        _continued = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Set(_raw));
    }

    /// <summary>What is typed. A read waits, also beyond <see cref="Dispose"/>; it gives nothing, or throws an <see cref="IOException"/>, once the terminal has gone.</summary>
    public Stream Keys { get; }

    /// <summary>Shows bytes as they are; throws an <see cref="IOException"/> once the terminal has gone.</summary>
    public Stream Screen { get; }

    /// <summary>Takes over the terminal.</summary>
    public static RawTerminal Open() => new();

    /// <summary>How large it is now, in characters.</summary>
    public static (int Rows, int Columns) Size => (Console.WindowHeight, Console.WindowWidth);

    /// <summary>Has something called with the new size, from any thread, each time the window changes, until what it gives is disposed.</summary>
    public static IDisposable OnResize(Action<int, int> take) => PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => take(Size.Rows, Size.Columns));

    public void Dispose()
    {
        _continued.Dispose();
        Set(_before);
        Screen.Dispose();
    }

    // At once: to wait until everything is shown could be to wait for ever. A terminal that has gone takes no settings.
    private void Set(byte[] settings)
    {
        if (_isSet)
            _ = SetSettings(Input, Now, ref settings[0]);
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetSettings(int descriptor, ref byte settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetSettings(int descriptor, int when, ref byte settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(ref byte settings);
}
