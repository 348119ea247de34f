using System.Runtime.InteropServices;

namespace Ringfence.Cli;

/// <summary>Calls back instead of letting the process end at Ctrl-C, at <c>kill</c>, and when the terminal goes.</summary>
internal sealed class InterruptSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    public InterruptSignals(Action take) => _registrations =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            take();
        }))];

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}

/// <summary>Nobody calls.</summary>
internal sealed class NoSignals : IDisposable
{
    /// <summary>There is no difference between two.</summary>
    public static NoSignals Instance { get; } = new();

    public void Dispose()
    {
    }
}
