using System.Globalization;
using Ringfence.Access.Inventory;
using Ringfence.Access.Names;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Keep.Serving;

/// <summary>Takes sealed values in, and what is said about them (CTX-3, CTX-4, CTX-9, CTX-22, ENV-7, ENV-9).</summary>
internal sealed class SecretDesk(KeepRoom room, ContextDesk contexts)
{
    /// <summary>A secret that is shorter, in bytes, is found in every text; it takes a word of its own to store one (MSK-2).</summary>
    public const int ShortestSecret = 8;

    public Done Set(SetSecret asked, LedgerEntry entry)
    {
        if (!VariableName.TryParse(asked.Name, out var name, out var whyNot))
            throw new RefusalException(RefusalKind.Invalid, whyNot);
        if (name.WhyGuarded is { } guarded && !asked.AllowsGuarded)
            throw new RefusalException(RefusalKind.NeedsConfirmation, guarded);

        var owner = contexts.Existing(asked.Owner);
        var old = owner.Variables.FirstOrDefault(v => v.Name == name.Text);
        if (asked.Version != (old?.Version ?? 0) + 1)
            throw new RefusalException(RefusalKind.ChangedMeanwhile, $"{name} was changed by somebody else at the same time: look at it, and set it again.");
        if (old is not { RemovedAt: null } && AccessLimits.WhyNoVariables(owner.Living.Count() + 1) is { } tooMany)
            throw new RefusalException(RefusalKind.Invalid, tooMany);

        using var value = Open(asked, owner);
        var length = value.Reveal().Length;
        if (AccessLimits.WhyNoValue(length) is { } tooLong)
            throw new RefusalException(RefusalKind.Invalid, tooLong);
        if (length is > 0 and < ShortestSecret && !asked.IsShortOnPurpose)
            throw new RefusalException(RefusalKind.NeedsConfirmation, string.Create(CultureInfo.InvariantCulture, $"The value has {length} bytes. Values shorter than {ShortestSecret} bytes are not masked everywhere, since they occur in harmless text, and they can be guessed."));

        var now = room.Clock.GetUtcNow();
        var fingerprint = room.Keys.Fingerprints.Of(value);
        var living = old is { RemovedAt: null } ? old : null;
        if (living is not null && living.Fingerprint == fingerprint)
            return SameAgain(asked, owner, living, SecretShape.WhereToRotate(SecretShape.Guess(value.Reveal())), entry);
        var variable = (old ?? new VaultVariable { Name = name.Text, CreatedAt = now, CreatedBy = entry.By }) with
        {
            Version = asked.Version,
            Sealed = asked.Sealed.ToByteArray(),
            Fingerprint = fingerprint,
            Kind = SecretShape.Guess(value.Reveal()).ToString(),
            Ending = ValueEnding.OfContext(value.Reveal()),
            RotatedAt = now,
            RotatedBy = entry.By,
            RemovedAt = null,
            AllowsGuarded = asked.AllowsGuarded,
            Person = asked.Person.Length > 0 ? asked.Person : old?.Person ?? "",
            Deadline = SecretDeadline.Of(asked.Deadline, living, now),
        };
        room.Save(owner.With(variable), entry with
        {
            Kind = LedgerKind.SecretSet,
            Variables = [KeepRoom.Entry(owner, variable)],
            Text = asked.AllowsGuarded && name.IsGuarded ? "a guarded name, allowed on purpose" : "",
        });
        return new Done { Version = variable.Version, Sentence = $"{name} was set." };
    }

    // The value stays sealed as it is, and so does its version: only what was said about it changes.
    private Done SameAgain(SetSecret asked, VaultOwner owner, VaultVariable living, string whereToRotate, LedgerEntry entry)
    {
        if (asked.WantsAnotherValue)
            throw new RefusalException(RefusalKind.SameValue, $"The value of {living.Name} is the same as before: nothing was rotated. {whereToRotate}");
        var changed = living with
        {
            AllowsGuarded = asked.AllowsGuarded,
            Person = asked.Person.Length > 0 ? asked.Person : living.Person,
            Deadline = SecretDeadline.Of(asked.Deadline, living.Deadline),
        };
        room.Save(owner.With(changed), entry with { Kind = LedgerKind.SecretChanged, Variables = [KeepRoom.Entry(owner, changed)], Text = Told(new DescribeSecret { Person = asked.Person, Deadline = asked.Deadline }) });
        return new Done { Version = changed.Version, Sentence = $"{living.Name} has the same value as before: nothing was rotated." };
    }

    public Done Remove(RemoveSecret asked, LedgerEntry entry)
    {
        var (owner, variable) = Existing(asked.Owner, asked.Name);
        var removed = variable with { Version = variable.Version + 1, Sealed = [], RemovedAt = room.Clock.GetUtcNow() };
        room.Save(owner.With(removed), entry with { Kind = LedgerKind.SecretRemoved, Variables = [KeepRoom.Entry(owner, variable)] });
        return new Done { Version = removed.Version, Sentence = $"{variable.Name} was removed. It may still work where it came from: revoke it there." };
    }

    public Done Describe(DescribeSecret asked, LedgerEntry entry)
    {
        var (owner, variable) = Existing(asked.Owner, asked.Name);
        var changed = variable with
        {
            Person = asked.Person.Length > 0 ? asked.Person : variable.Person,
            Deadline = SecretDeadline.Of(asked.Deadline, variable.Deadline),
            Fence = asked.Fence is null ? variable.Fence : [.. asked.Fence.Steps.Select(s => new VaultFenceStep(s.Job, s.Step, s.Content, s.Command, s.Orb))],
        };
        if (changed.Fence.Any(step => step.Content.Length > 0 && !Digest.TryParse(step.Content, out _)))
            throw new RefusalException(RefusalKind.Invalid, "A fence names a content that is no digest.");
        room.Save(owner.With(changed), entry with { Kind = LedgerKind.SecretChanged, Variables = [KeepRoom.Entry(owner, variable)], Text = Told(asked) });
        return new Done { Version = changed.Version, Sentence = $"{variable.Name} was changed." };
    }

    private static string Told(DescribeSecret asked) => string.Join(", ", (string[])
    [
        .. asked.Person.Length > 0 ? [$"looked after by {asked.Person}"] : Array.Empty<string>(),
        .. asked.Deadline > 0 ? [$"to be replaced by {DateTimeOffset.FromUnixTimeMilliseconds(asked.Deadline):yyyy-MM-dd}"] : Array.Empty<string>(),
        .. asked.Deadline < 0 ? ["never to be replaced"] : Array.Empty<string>(),
        .. asked.Fence is { Steps.Count: 0 } ? ["for all steps"] : Array.Empty<string>(),
        .. asked.Fence is { Steps.Count: > 0 } fence ? [string.Create(CultureInfo.InvariantCulture, $"fenced to {fence.Steps.Count} {(fence.Steps.Count == 1 ? "rule" : "rules")}")] : Array.Empty<string>(),
    ]);

    private (VaultOwner Owner, VaultVariable Variable) Existing(Owner? where, string name)
    {
        var owner = contexts.Existing(where);
        return (owner, owner.Find(name) ?? throw new RefusalException(RefusalKind.NotFound, $"There is no variable '{name}' in {owner.Name}."));
    }

    private SecretValue Open(SetSecret asked, VaultOwner owner)
    {
        try
        {
            return room.Keys.Open(asked.Sealed.Span, new SealedPlace(owner.Organization, owner.Key, asked.Name, asked.Version));
        }
        catch (SealingException e)
        {
            throw new RefusalException(e.Fault == SealingFault.OtherKey ? RefusalKind.ChangedMeanwhile : RefusalKind.Invalid, e.Message);
        }
    }
}
