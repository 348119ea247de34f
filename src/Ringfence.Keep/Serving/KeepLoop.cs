using System.Buffers;
using System.Security.Cryptography;
using Google.Protobuf;
using Ringfence.Keep.Asking;
using Ringfence.Keep.Keyrings;
using Ringfence.Keep.Ledgers;
using Ringfence.Primitives;
using Ringfence.Protocol;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;
using Ringfence.Sealing.Memory;

namespace Ringfence.Keep.Serving;

/// <summary>A keep as a process of its own: it answers on one stream until that ends, and has nothing else to do with the world but for the keyring that may hold what opens its keys.</summary>
public static class KeepLoop
{
    /// <summary>Guards the process, opens the keep with what the first frame says, and answers until the stream ends.</summary>
    /// <param name="folder">Where the keep is.</param>
    /// <param name="input">Requests.</param>
    /// <param name="output">Answers.</param>
    /// <param name="keyring">Asked once, when the key file says so.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task RunAsync(KeepFolder folder, Stream input, Stream output, Keyring keyring, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(keyring);
        try
        {
            await ServeAsync(folder, new FrameReader(input), output, keyring, clock, cancel).ConfigureAwait(false);
        }
        catch (ProtocolException)
        {
            // Whoever asked has gone in the middle of a request, or never spoke the protocol: nobody is there to be told.
        }
    }

    private static async Task ServeAsync(KeepFolder folder, FrameReader frames, Stream output, Keyring keyring, TimeProvider clock, CancellationToken cancel)
    {
        var refused = ProcessGuard.Apply();
        if (await frames.ReadAsync(OpenKeep.Parser, cancel).ConfigureAwait(false) is not { } opening)
            return;
        var opened = new KeepOpened { Warnings = { refused } };
        using var keep = await OpenAsync(folder, opening, opened, keyring, clock, cancel).ConfigureAwait(false);
        await WriteAsync(output, opened, cancel).ConfigureAwait(false);
        if (keep is null)
            return;
        while (await frames.ReadAsync(SignedRequest.Parser, cancel).ConfigureAwait(false) is { } request)
            await WriteAsync(output, await keep.AnswerAsync(request, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
    }

    private static async Task<FrontDesk?> OpenAsync(KeepFolder folder, OpenKeep opening, KeepOpened opened, Keyring keyring, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            using var opener = await OpenerAsync(folder, opening, keyring, cancel).ConfigureAwait(false);
            var keep = await FrontDesk.OpenAsync(folder, KeyFile.Read(folder.KeyFile, opener), clock, cancel).ConfigureAwait(false);
            opened.PublicKey = ByteString.CopyFrom(keep.PublicKey.Bytes.Span);
            return keep;
        }
        catch (SealingException e)
        {
            opened.Failure = e.Message;
            opened.WantsPassphrase = e.Fault is SealingFault.PassphraseMissing or SealingFault.PassphraseWrong;
            return null;
        }
        catch (Exception e) when (e is LedgerException or KeepException)
        {
            opened.Failure = e.Message;
            return null;
        }
    }

    private static async Task<SecretValue?> OpenerAsync(KeepFolder folder, OpenKeep opening, Keyring keyring, CancellationToken cancel)
    {
        if (KeyFile.KeyringEntry(folder.KeyFile) is { } entry)
            return await keyring.LookUpAsync(entry, cancel).ConfigureAwait(false);
        return opening.Passphrase.IsEmpty ? null : new SecretValue(opening.Passphrase.Span);
    }

    private static async Task WriteAsync(Stream output, IMessage message, CancellationToken cancel)
    {
        var (buffer, length) = Frames.Write(message);
        try
        {
            await output.WriteAsync(buffer.AsMemory(0, length), cancel).ConfigureAwait(false);
            await output.FlushAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
