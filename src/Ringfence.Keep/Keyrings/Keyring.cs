using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Ringfence.Keep.Asking;
using Ringfence.Primitives;

namespace Ringfence.Keep.Keyrings;

/// <summary>
/// The keyring of a desktop (the Secret Service of freedesktop.org), asked through <c>secret-tool</c>. Keys go by its standard streams, never on a command line.
/// </summary>
/// <param name="program">Where <c>secret-tool</c> is; null when it is not installed.</param>
/// <param name="environment">The environment around, of which the tool gets <see cref="Variables"/>.</param>
/// <param name="clock">The time.</param>
public sealed class Keyring(string? program, IReadOnlyDictionary<string, string> environment, TimeProvider clock)
{
    /// <summary>The name of the program.</summary>
    public const string Tool = "secret-tool";

    /// <summary>How to have the program.</summary>
    public const string HowToInstall = "Install it: apt-get install libsecret-tools";

    private const string Restore = "Or bring the keys back from a backup: ringfence keep restore FILE";
    private const int MostOutput = 4096;

    // A person may have to type the password of the keyring into the desktop's dialog.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The variables by which the keyring, and the dialog that unlocks it, are found.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "HOME"];

    /// <summary>Whether the program is installed.</summary>
    public bool HasTool => program is not null;

    /// <summary>Puts a key in.</summary>
    /// <param name="entry">Under which name.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="KeepException">It cannot, and why.</exception>
    public async Task StoreAsync(string entry, SecretValue key, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (exit, output, complaint) = await RunAsync(["store", $"--label=Ringfence: opens the keys of the keep ({entry})", .. Attributes(entry)], key, cancel).ConfigureAwait(false);
        output.Dispose();
        if (exit != 0)
            throw await FaultAsync(entry, complaint, cancel).ConfigureAwait(false);
    }

    /// <summary>Gets a key out.</summary>
    /// <param name="entry">Its name.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The key, to be disposed.</returns>
    /// <exception cref="KeepException">It cannot be had, and why.</exception>
    public async Task<SecretValue> LookUpAsync(string entry, CancellationToken cancel)
    {
        var (exit, output, complaint) = await RunAsync(["lookup", .. Attributes(entry)], null, cancel).ConfigureAwait(false);
        if (exit == 0)
            return output;
        output.Dispose();
        throw await FaultAsync(entry, complaint, cancel).ConfigureAwait(false);
    }

    /// <summary>Takes a key away for good.</summary>
    /// <param name="entry">Its name.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="KeepException">It cannot, and why.</exception>
    public async Task RemoveAsync(string entry, CancellationToken cancel)
    {
        var (exit, output, complaint) = await RunAsync(["clear", .. Attributes(entry)], null, cancel).ConfigureAwait(false);
        output.Dispose();
        if (exit != 0)
            throw await FaultAsync(entry, complaint, cancel).ConfigureAwait(false);
    }

    private static string[] Attributes(string entry) => ["application", "ringfence", "keep", entry];

    // The tool has one exit code for everything, and is silent both when there is no such entry and when nobody unlocks it.
    private async Task<KeepException> FaultAsync(string entry, string complaint, CancellationToken cancel)
    {
        if (complaint.Contains("locked", StringComparison.OrdinalIgnoreCase) || (complaint.Length == 0 && await IsThereAsync(entry, cancel).ConfigureAwait(false)))
            return new KeepException($"The keyring is locked, and it has to give what opens the keys of the keep. Unlock it, as by logging in to the desktop, and try again. {Restore}.");
        return complaint.Length == 0
            ? new KeepException($"The keyring has no entry {entry}, which opens the keys of the keep: it was removed, or this is another keyring than that of the person who put it in. Bring the keys back from a backup: ringfence keep restore FILE.")
            : new KeepException($"There is no keyring to ask for what opens the keys of the keep ({complaint}). Work in a session of a desktop that has one, such as gnome-keyring or KWallet. {Restore}.");
    }

    // A search unlocks nothing. It prints the key of an entry that is not locked, hence the secret.
    private async Task<bool> IsThereAsync(string entry, CancellationToken cancel)
    {
        var (_, found, _) = await RunAsync(["search", .. Attributes(entry)], null, cancel).ConfigureAwait(false);
        using (found)
            return found.Reveal().Length > 0;
    }

    private async Task<(int Exit, SecretValue Output, string Complaint)> RunAsync(string[] arguments, SecretValue? input, CancellationToken cancel)
    {
        if (program is null)
            throw new KeepException($"The desktop's keyring is asked through {Tool}, and that is not installed. {HowToInstall}. {Restore}.");
        using var late = new CancellationTokenSource(Patience, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        Process process;
        try
        {
            process = Process.Start(StartInfo(program, arguments)) ?? throw new KeepException($"{program} did not start.");
        }
        catch (Win32Exception e)
        {
            throw new KeepException($"{program} cannot be started: {e.Message}. Install it anew: apt-get install --reinstall libsecret-tools", e);
        }

        using (process)
        {
            try
            {
                var complaint = ReadAsync(process.StandardError.BaseStream, static bytes => LastLine(bytes), end.Token);
                var output = ReadAsync(process.StandardOutput.BaseStream, static bytes => new SecretValue(bytes), end.Token);
                await GiveAsync(process, input, end.Token).ConfigureAwait(false);
                await Task.WhenAll(output, complaint, process.WaitForExitAsync(end.Token)).ConfigureAwait(false);
                return (process.ExitCode, await output.ConfigureAwait(false), await complaint.ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new KeepException($"The keyring did not answer within {Patience.TotalMinutes} minutes: perhaps its dialog waits for a password. {Restore}.");
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill();
            }
        }
    }

    private ProcessStartInfo StartInfo(string path, string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        foreach (var name in Variables)
        {
            if (environment.GetValueOrDefault(name) is { Length: > 0 } value)
                start.Environment[name] = value;
        }

        return start;
    }

    private static async Task GiveAsync(Process process, SecretValue? input, CancellationToken cancel)
    {
        try
        {
            if (input is not null)
            {
                var bytes = GC.AllocateUninitializedArray<byte>(input.Reveal().Length, pinned: true);
                try
                {
                    input.Reveal().CopyTo(bytes);
                    await process.StandardInput.BaseStream.WriteAsync(bytes, cancel).ConfigureAwait(false);
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(bytes);
                }
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read: its complaint says why.
        }
    }

    // What is more than the most is dropped: no key of ours is that long, and no complaint needs it.
    private static async Task<T> ReadAsync<T>(Stream stream, Func<ReadOnlySpan<byte>, T> take, CancellationToken cancel)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(MostOutput, pinned: true);
        try
        {
            return take(bytes.AsSpan(0, await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static string LastLine(ReadOnlySpan<byte> bytes)
    {
        const int Most = 200;
        const string Prefix = $"{Tool}: ";
        var line = System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault("");
        if (line.StartsWith(Prefix, StringComparison.Ordinal))
            line = line[Prefix.Length..];
        return line.Length > Most ? line[..Most] : line;
    }
}
