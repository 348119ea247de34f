using Google.Protobuf;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;
using Ringfence.Sealing.Signatures;

namespace Ringfence.Keep.Serving;

/// <summary>Answers signed requests, one after the other. It decides itself, records before it answers, and answers no request twice.</summary>
public sealed class FrontDesk : IDisposable
{
    private static readonly TimeSpan LongestValid = TimeSpan.FromMinutes(5);

    private readonly KeepRoom _room;
    private readonly IReadOnlyList<VerifyingKey> _requesters;
    private readonly SemaphoreSlim _one = new(1);

    private FrontDesk(KeepRoom room, IReadOnlyList<VerifyingKey> requesters) => (_room, _requesters) = (room, requesters);

    /// <summary>What secrets are sealed to.</summary>
    public SealingPublicKey PublicKey => _room.Keys.Sealing.Public;

    /// <summary>Opens a keep.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="keys">Its keys, which the service disposes.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="LedgerException">The ledger was tampered with, lacks what is remembered, or cannot be opened.</exception>
    public static async Task<FrontDesk> OpenAsync(KeepFolder folder, KeepKeys keys, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(keys);
        var ledger = await Ledger.OpenAsync(folder.Path, folder.Memory, keys.Signing, clock, cancel).ConfigureAwait(false);
        var room = new KeepRoom(keys, folder.Vault, ledger, clock);
        room.Recorded.CatchUp(ledger.Entries);
        room.RemoveDeleted();
        return new FrontDesk(room, folder.ReadRequesters());
    }

    /// <summary>Answers a request. It does not throw but for a bug.</summary>
    public async Task<KeepAnswer> AnswerAsync(SignedRequest signed, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(signed);
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            using var turn = await _room.Ledger.TakeTurnAsync(cancel).ConfigureAwait(false);
            _room.Recorded.CatchUp(_room.Ledger.Entries);
            var answer = Answer(Verify(signed));
            answer.LedgerHead = _room.Ledger.Head.ToString();
            return answer;
        }
        catch (RefusalException e)
        {
            return new KeepAnswer { Refused = e.Refused };
        }
        catch (VaultException e)
        {
            return Refuse(e.IsTampered ? RefusalKind.Tampered : RefusalKind.Fault, e.Message);
        }
        catch (SealingException e)
        {
            return Refuse(RefusalKind.Tampered, e.Message);
        }
        catch (LedgerException e)
        {
            return Refuse(RefusalKind.Fault, e.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        _room.Keys.Dispose();
        _one.Dispose();
    }

    private KeepRequest Verify(SignedRequest signed)
    {
        if (!_requesters.Any(key => key.Bytes.Span.SequenceEqual(signed.Signer.Span) && key.Verify(signed.Request.Span, signed.Signature.Span)))
            throw new RefusalException(RefusalKind.Stranger, "The request is not signed by anybody this keep answers.");
        KeepRequest request;
        try
        {
            request = KeepRequest.Parser.ParseFrom(signed.Request);
        }
        catch (InvalidProtocolBufferException)
        {
            throw new RefusalException(RefusalKind.Invalid, "The request is none of this version.");
        }

        var now = _room.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (request.ExpiresAt < now || request.ExpiresAt > now + (long)LongestValid.TotalMilliseconds)
            throw new RefusalException(RefusalKind.Expired, "The request is no longer valid, or valid for longer than five minutes.");
        if (request.Id.Length is < 16 or > 64)
            throw new RefusalException(RefusalKind.Invalid, "The request has no proper id.");
        if (_room.Recorded.HasAnswered(request.Id))
            throw new RefusalException(RefusalKind.Replayed, "This request was answered already: somebody sent it again.");
        return request;
    }

    private KeepAnswer Answer(KeepRequest request)
    {
        var entry = new LedgerEntry { Kind = LedgerKind.None, Request = request.Id, By = request.AskedBy };
        var contexts = new ContextDesk(_room);
        var secrets = new SecretDesk(_room, contexts);
        return request.KindCase switch
        {
            KeepRequest.KindOneofCase.Release => new ReleaseDesk(_room).Release(request.Release, entry),
            KeepRequest.KindOneofCase.CreateContext => new KeepAnswer { Done = contexts.Create(request.CreateContext, entry) },
            KeepRequest.KindOneofCase.DeleteContext => new KeepAnswer { Done = contexts.Delete(request.DeleteContext, entry) },
            KeepRequest.KindOneofCase.EditPolicy => new KeepAnswer { Done = contexts.Edit(request.EditPolicy, entry) },
            KeepRequest.KindOneofCase.AllowSecrets => new KeepAnswer { Done = contexts.Allow(request.AllowSecrets, entry) },
            KeepRequest.KindOneofCase.SetSecret => new KeepAnswer { Done = secrets.Set(request.SetSecret, entry) },
            KeepRequest.KindOneofCase.RemoveSecret => new KeepAnswer { Done = secrets.Remove(request.RemoveSecret, entry) },
            KeepRequest.KindOneofCase.DescribeSecret => new KeepAnswer { Done = secrets.Describe(request.DescribeSecret, entry) },
            KeepRequest.KindOneofCase.FenceProject => new KeepAnswer { Done = new ProjectDesk(_room, contexts).Fence(request.FenceProject, entry) },
            KeepRequest.KindOneofCase.AddSshKey => new KeepAnswer { Done = new SshKeyDesk(_room, contexts).Add(request.AddSshKey, entry) },
            KeepRequest.KindOneofCase.RemoveSshKey => new KeepAnswer { Done = new SshKeyDesk(_room, contexts).Remove(request.RemoveSshKey, entry) },
            KeepRequest.KindOneofCase.Note => new KeepAnswer { Done = Record(request.Note, entry) },
            _ => Refuse(RefusalKind.Invalid, "The request asks for nothing that this keep knows."),
        };
    }

    private Done Record(Note note, LedgerEntry entry)
    {
        var kind = note.Kind switch
        {
            "caught" => LedgerKind.Caught,
            "isolation-checked" => LedgerKind.IsolationChecked,
            _ => throw new RefusalException(RefusalKind.Invalid, "The note is of a kind that this keep does not record."),
        };
        _room.Ledger.Append(entry with
        {
            Kind = kind,
            Text = note.Text,
            Job = note.Job is null ? null : new LedgerJob { Project = note.Project, Pipeline = note.Job.Pipeline, Name = note.Job.Name, Attempt = note.Job.Attempt, Commit = note.Job.Commit, Ref = note.Job.Ref },
            Variables = [.. note.Variables.Select(name => new LedgerVariable(name, "", "", 0, ""))],
        });
        return new Done();
    }

    private static KeepAnswer Refuse(RefusalKind kind, string sentence) => new() { Refused = new Refused { Kind = kind, Sentences = { sentence } } };
}
