using System.Text.RegularExpressions;
using Ringfence.Access.Names;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Ssh;

namespace Ringfence.Keep.Serving;

/// <summary>Takes in the additional SSH keys of projects, or makes them (EX-7.61, SSH-2, SSH-9).</summary>
internal sealed partial class SshKeyDesk(KeepRoom room, ContextDesk contexts)
{
    public Done Add(AddSshKey asked, LedgerEntry entry)
    {
        var owner = ProjectOf(asked.Owner);
        if (WhyNoHost(asked) is { } whyNoHost)
            throw new RefusalException(RefusalKind.Invalid, whyNoHost);
        if (AccessLimits.WhyNoSshKeys(owner.SshKeys.Length + 1) is { } tooMany)
            throw new RefusalException(RefusalKind.Invalid, tooMany);

        using var given = asked.Sealed.IsEmpty ? OpenSshKey.Create($"ringfence {owner.Name}") : Open(asked, owner);
        if (!SshKeyText.TryRead(given, out var open, out var tidy, out var whyNot))
            throw new RefusalException(RefusalKind.Invalid, whyNot);
        using (tidy)
        {
            var fingerprints = open.Fingerprints;
            if (!asked.Sealed.IsEmpty && fingerprints.Sha256 != asked.Sha256)
                throw new RefusalException(RefusalKind.Invalid, "The private key is not the one whose fingerprint was given.");
            if (owner.SshKeys.FirstOrDefault(k => k.Sha256 == fingerprints.Sha256) is { } same)
                throw new RefusalException(RefusalKind.Invalid, $"{owner.Name} has this key already, {(same.Host.Length > 0 ? $"for {same.Host}" : "for every host")}: remove it first to bind it to another host.");

            var key = new VaultSshKey
            {
                Sha256 = fingerprints.Sha256,
                Md5 = fingerprints.Md5,
                PublicKey = open.ToString(),
                Host = asked.Host,
                Sealed = room.Keys.Sealing.Public.Seal(tidy, VaultSshKey.PlaceOf(owner.Organization, owner.Key, fingerprints.Sha256)),
                Fingerprint = room.Keys.Fingerprints.Of(tidy),
                CreatedAt = room.Clock.GetUtcNow(),
                CreatedBy = entry.By,
                IsMadeHere = asked.Sealed.IsEmpty,
            };
            room.Save(owner with { SshKeys = owner.SshKeys.Add(key) }, entry with
            {
                Kind = LedgerKind.SecretSet,
                Variables = [KeepRoom.Entry(owner, key)],
                Text = $"an SSH key {(key.Host.Length > 0 ? $"for {key.Host}" : "for every host")}{(key.IsMadeHere ? ", made here" : "")}",
            });
            return new Done { Id = key.Sha256, Sentence = $"The key was {(key.IsMadeHere ? "made" : "added")} for {(key.Host.Length > 0 ? key.Host : "every host")}." };
        }
    }

    public Done Remove(RemoveSshKey asked, LedgerEntry entry)
    {
        var owner = ProjectOf(asked.Owner);
        var key = owner.SshKeys.FirstOrDefault(k => k.Fingerprints.AreNamedBy(asked.Fingerprint))
            ?? throw new RefusalException(RefusalKind.NotFound, $"{owner.Name} has no SSH key of that fingerprint.");
        room.Save(owner with { SshKeys = owner.SshKeys.Remove(key) }, entry with { Kind = LedgerKind.SecretRemoved, Variables = [KeepRoom.Entry(owner, key)] });
        return new Done { Id = key.Sha256, Sentence = "The key was removed. It still opens what it was let into: take its public half away there." };
    }

    private VaultOwner ProjectOf(Owner? owner) => owner?.KindCase == Owner.KindOneofCase.Project
        ? contexts.Existing(owner)
        : throw new RefusalException(RefusalKind.Invalid, "SSH keys belong to projects.");

    private static string? WhyNoHost(AddSshKey asked) => asked switch
    {
        { Host.Length: > 0, IsForEveryHost: true } => "A key is for one host or for every host, not both.",
        { Host.Length: 0, IsForEveryHost: false } => "A key needs the name of the host that it is for: a key for every host is offered to each that a job speaks to, and that has to be said.",
        { Host.Length: > 0 } when !HostName().IsMatch(asked.Host) => "That is no name of a host: letters, digits, dots and hyphens, or an address; no port and no pattern.",
        _ => null,
    };

    private SecretValue Open(AddSshKey asked, VaultOwner owner)
    {
        try
        {
            return room.Keys.Open(asked.Sealed.Span, VaultSshKey.PlaceOf(owner.Organization, owner.Key, asked.Sha256));
        }
        catch (SealingException e)
        {
            throw new RefusalException(e.Fault == SealingFault.OtherKey ? RefusalKind.ChangedMeanwhile : RefusalKind.Invalid, e.Message);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._:-]{0,251}[A-Za-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex HostName();
}
