using System.Diagnostics;
using Ringfence.Keep.Keyrings;
using Ringfence.Primitives;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Asking;

/// <summary>A keep that runs as a child of this process and ends with it.</summary>
public sealed class KeepProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private KeepProcess(Process process, KeepClient client) => (_process, Client) = (process, client);

    /// <summary>Asks it.</summary>
    public KeepClient Client { get; }

    /// <summary>Starts one.</summary>
    /// <param name="command">The program and its arguments; they hold no secret.</param>
    /// <param name="signer">Signs the requests.</param>
    /// <param name="passphrase">Opens the key file; null when it asks for none.</param>
    /// <param name="environment">Where the variables come from by which it finds a keyring.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="KeepException">It does not start or cannot work.</exception>
    public static async Task<KeepProcess> StartAsync(IReadOnlyList<string> command, SigningKey signer, SecretValue? passphrase, IReadOnlyDictionary<string, string> environment, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(environment);
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);

        // INC-15: no debugger or profiler may attach through the runtime's socket, and the runtime writes no dump of its own.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (var name in Keyring.Variables)
            start.Environment[name] = environment.GetValueOrDefault(name);
        Process process;
        try
        {
            process = Process.Start(start) ?? throw new KeepException($"The keep cannot be started: {command[0]} did not run.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new KeepException($"The keep cannot be started: {command[0]}: {e.Message}", e);
        }

        try
        {
            var client = await KeepClient.OpenAsync(process.StandardOutput.BaseStream, process.StandardInput.BaseStream, signer, passphrase, clock, cancel).ConfigureAwait(false);
            return new KeepProcess(process, client);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends it: it goes when its input ends, or else is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        try
        {
            _process.StandardInput.Close();
            using var late = new CancellationTokenSource(Patience, TimeProvider.System);
            await _process.WaitForExitAsync(late.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
