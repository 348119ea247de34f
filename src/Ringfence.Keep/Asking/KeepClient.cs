using System.Buffers;
using System.Security.Cryptography;
using Google.Protobuf;
using Ringfence.Primitives;
using Ringfence.Protocol;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Asking;

/// <summary>Asks a keep over a stream, signing every request. Safe for several threads; the keep answers one after the other.</summary>
public sealed class KeepClient : IDisposable
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(2);

    private readonly FrameReader _frames;
    private readonly Stream _output;
    private readonly SigningKey _signer;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1);

    private KeepClient(Stream input, Stream output, SigningKey signer, TimeProvider clock) => (_frames, _output, _signer, _clock) = (new FrameReader(input), output, signer, clock);

    /// <summary>What the keep has said about the guards of its memory; empty when all are there.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>What secrets are sealed to.</summary>
    public SealingPublicKey PublicKey { get; private set; } = null!;

    /// <summary>How far the ledger had come with the last answer; empty before the first.</summary>
    public string LedgerHead { get; private set; } = "";

    /// <summary>Opens the conversation.</summary>
    /// <param name="answers">What the keep says; its first frame follows.</param>
    /// <param name="requests">What the keep hears.</param>
    /// <param name="signer">Signs the requests.</param>
    /// <param name="passphrase">Opens the key file; null when it asks for none.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="KeepException">The keep cannot work, and why.</exception>
    public static async Task<KeepClient> OpenAsync(Stream answers, Stream requests, SigningKey signer, SecretValue? passphrase, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(requests);
        var client = new KeepClient(answers, requests, signer, clock);
        await client.SendAsync(new OpenKeep { Passphrase = passphrase is null ? ByteString.Empty : ByteString.CopyFrom(passphrase.Reveal()) }, cancel).ConfigureAwait(false);
        var opened = await client.ReadAsync(KeepOpened.Parser, cancel).ConfigureAwait(false);
        if (opened.Failure.Length > 0)
            throw new KeepException(opened.Failure, opened.WantsPassphrase);
        client.PublicKey = SealingPublicKey.TryParse(opened.PublicKey.Span, out var key) ? key : throw new KeepException("The keep has sent no public key.");
        client.Warnings = [.. opened.Warnings];
        return client;
    }

    /// <summary>Asks for the secrets of one attempt of one job.</summary>
    /// <returns>What it gets, to be disposed; or why it gets nothing.</returns>
    /// <exception cref="KeepException">There is no answer, or none that can be trusted.</exception>
    public async Task<ReleaseAnswer> ReleaseAsync(Release release, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(release);
        using var once = SealingKey.Create();
        release.OneTimeKey = ByteString.CopyFrom(once.Public.Bytes.Span);
        var request = new KeepRequest { Release = release };
        var answer = await AskAsync(request, cancel).ConfigureAwait(false);
        switch (answer.KindCase)
        {
            case KeepAnswer.KindOneofCase.Granted:
                try
                {
                    var grant = Serving.GrantSeal.Open(answer.Granted.Sealed.Span, once, release, request.Id);
                    return new ReleaseAnswer.Granted(ReleasedVariable.Of(grant), answer.Granted.Entry) { SshKeys = ReleasedSshKey.Of(grant) };
                }
                catch (Exception e) when (e is SealingException or InvalidProtocolBufferException)
                {
                    throw new KeepException("What came is not the keep's answer to this request.", e);
                }

            case KeepAnswer.KindOneofCase.Denied:
                return new ReleaseAnswer.Denied(answer.Denied.IsMissing, [.. answer.Denied.Reasons]);
            case KeepAnswer.KindOneofCase.Refused:
                throw new KeepException(string.Join(' ', answer.Refused.Sentences));
            default:
                throw new KeepException("The keep gave an answer that was not asked for.");
        }
    }

    /// <summary>Asks for a change. A refusal is an answer, not an exception.</summary>
    /// <exception cref="KeepException">There is no answer.</exception>
    public async Task<KeepAnswer> AskAsync(KeepRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        request.ExpiresAt = (_clock.GetUtcNow() + Valid).ToUnixTimeMilliseconds();
        var bytes = request.ToByteArray();
        var signed = new SignedRequest { Request = UnsafeByteOperations.UnsafeWrap(bytes), Signature = ByteString.CopyFrom(_signer.Sign(bytes)), Signer = ByteString.CopyFrom(_signer.Public.Bytes.Span) };
        return await SendAsync(signed, cancel).ConfigureAwait(false);
    }

    /// <summary>Sends a signed request as it is.</summary>
    internal async Task<KeepAnswer> SendAsync(SignedRequest signed, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // Once a request is on its way its answer is read, or the next request would get it.
            await SendAsync((IMessage)signed, CancellationToken.None).ConfigureAwait(false);
            var answer = await ReadAsync(KeepAnswer.Parser, CancellationToken.None).ConfigureAwait(false);
            if (answer.LedgerHead.Length > 0)
                LedgerHead = answer.LedgerHead;
            return answer;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Ends the conversation. The streams are the caller's.</summary>
    public void Dispose() => _one.Dispose();

    private async Task SendAsync(IMessage message, CancellationToken cancel)
    {
        var (buffer, length) = Frames.Write(message);
        try
        {
            await _output.WriteAsync(buffer.AsMemory(0, length), cancel).ConfigureAwait(false);
            await _output.FlushAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new KeepException("The keep has gone.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<T> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        try
        {
            return await _frames.ReadAsync(parser, cancel).ConfigureAwait(false) ?? throw new KeepException("The keep has gone.");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or ProtocolException)
        {
            throw new KeepException("The keep has gone.", e);
        }
    }
}
