using Ringfence.Access.Contexts;
using Ringfence.Access.Names;
using Ringfence.Access.Release;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Local;
using Ringfence.Keep.Vaults;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Keep.Serving;

/// <summary>Makes, deletes and restricts contexts (CTX-1 to CTX-11, CTX-30 to CTX-33).</summary>
internal sealed class ContextDesk(KeepRoom room)
{
    public Done Create(CreateContext asked, LedgerEntry entry)
    {
        if (!ContextName.TryParse(asked.Name, out var name, out var whyNot))
            throw new RefusalException(RefusalKind.Invalid, whyNot);
        if (ContextName.WhyNotNew(name) is { } hides)
            throw new RefusalException(RefusalKind.Invalid, hides);
        if (room.Recorded.ContextNamed(asked.Organization, asked.Name) is not null)
            throw new RefusalException(RefusalKind.Invalid, $"There is a context '{name}' in {asked.Organization} already.");
        if (AccessLimits.WhyNoContexts(room.Recorded.ContextsOf(asked.Organization) + 1) is { } tooMany)
            throw new RefusalException(RefusalKind.Invalid, tooMany);

        var id = Guid.NewGuid();
        var policy = AccessPolicy.New(new SecretOwner.Context(new ContextId(id), name), VaultPolicies.OrganizationOf(asked.Organization), new RestrictionId(Guid.NewGuid()), new OrganizationSwitches());
        var stored = new VaultOwner { Key = $"context:{id:D}", Name = name.Text, Organization = asked.Organization, CreatedAt = room.Clock.GetUtcNow(), CreatedBy = entry.By }.With(policy, null);
        room.Save(stored, entry with { Kind = LedgerKind.ContextCreated });
        return new Done { Id = id.ToString("D"), Sentence = $"The context '{name}' was made. Jobs of every project and member of {asked.Organization} may use it." };
    }

    public Done Delete(DeleteContext asked, LedgerEntry entry)
    {
        if (asked.Owner?.KindCase != Owner.KindOneofCase.ContextId)
            throw new RefusalException(RefusalKind.Invalid, "Only contexts can be deleted.");
        var stored = room.Find(asked.Owner) ?? throw NotFound();
        room.Ledger.Append(entry with
        {
            Kind = LedgerKind.ContextDeleted,
            Owner = stored.Key,
            OwnerName = stored.Name,
            Organization = stored.Organization,
            Variables = [.. stored.Living.Select(v => KeepRoom.Entry(stored, v))],
        });
        room.Vault.Delete(stored.Key);
        return new Done { Sentence = $"The context '{stored.Name}' was deleted, with {Count(stored.Living.Count())}." };
    }

    public Done Edit(EditPolicy asked, LedgerEntry entry)
    {
        var stored = Existing(asked.Owner);
        var policy = VaultPolicies.PolicyOf(stored);
        string? name = null;
        PolicyChange change;
        if (asked.KindCase == EditPolicy.KindOneofCase.Remove)
        {
            change = PolicyEditor.Remove(policy, new RestrictionId(Guid.TryParse(asked.Remove, out var id) ? id : default), Role.Administrator, asked.IsConfirmed);
        }
        else
        {
            var added = Restriction(asked, out name);
            change = PolicyEditor.Add(policy, added, Role.Administrator, asked.IsConfirmed);
        }

        // Decisions know projects by their ids, people by their slugs.
        return Save(stored, change, name, entry, sentence => asked.KindCase == EditPolicy.KindOneofCase.AddProject
            ? sentence.Replace(VaultPolicies.ProjectOf(asked.AddProject).ToString(), asked.AddProject, StringComparison.Ordinal)
            : sentence);
    }

    /// <summary>Allows or forbids what keeps secrets from jobs by default (SSH-23, FORK-2).</summary>
    public Done Allow(AllowSecrets asked, LedgerEntry entry)
    {
        var allowance = asked.What switch
        {
            AllowedJobs.Ssh => Allowance.Ssh,
            AllowedJobs.Forks => Allowance.Forks,
            _ => throw new RefusalException(RefusalKind.Invalid, "The request does not say which jobs are meant."),
        };
        var stored = Existing(asked.Owner);
        return Save(stored, PolicyEditor.Allow(VaultPolicies.PolicyOf(stored), allowance, asked.IsAllowed, Role.Administrator, asked.IsConfirmed), null, entry, static sentence => sentence);
    }

    /// <summary>What a request is about; a project's variables begin to exist with the first thing that is said about them.</summary>
    public VaultOwner Existing(Owner? owner)
    {
        if (owner is null)
            throw new RefusalException(RefusalKind.Invalid, "The request does not say which context or project it is about.");
        if (room.Find(owner) is { } stored)
            return stored;
        if (owner.KindCase != Owner.KindOneofCase.Project)
            throw NotFound();
        var made = new VaultOwner { Key = KeepRoom.KeyOf(owner), Name = owner.Project, Organization = owner.Organization, CreatedAt = room.Clock.GetUtcNow() };
        return made.With(AccessPolicy.New(VaultPolicies.OwnerOf(made), VaultPolicies.OrganizationOf(owner.Organization), new RestrictionId(Guid.NewGuid()), new OrganizationSwitches()), null);
    }

    private Done Save(VaultOwner stored, PolicyChange change, string? name, LedgerEntry entry, Func<string, string> say)
    {
        switch (change)
        {
            case PolicyChange.Changed changed:
                var sentence = say(changed.Sentence);
                room.Save(stored.With(changed.Policy, name), entry with { Kind = LedgerKind.PolicyChanged, Text = changed.IsHighSeverity ? $"{sentence} (opens)" : sentence });
                return new Done { Sentence = sentence };
            case PolicyChange.NeedsConfirmation needed:
                throw new RefusalException(RefusalKind.NeedsConfirmation, needed.Sentences);
            default:
                throw new RefusalException(RefusalKind.Invalid, ((PolicyChange.Refused)change).Sentences);
        }
    }

    private static Restriction Restriction(EditPolicy asked, out string? name)
    {
        var id = new RestrictionId(Guid.NewGuid());
        name = null;
        switch (asked.KindCase)
        {
            case EditPolicy.KindOneofCase.AddGroup:
                if (LocalPerson.FindGroup(asked.AddGroup) is not { } group)
                    throw new RefusalException(RefusalKind.NotFound, $"This machine has no group '{asked.AddGroup}': 'getent group' lists those there are.");
                name = group.Name;
                return new Restriction.Group(id, LocalPerson.GroupOf(group.Number), group.Name);
            case EditPolicy.KindOneofCase.AddProject:
                name = asked.AddProject;
                return new Restriction.Project(id, VaultPolicies.ProjectOf(asked.AddProject));
            case EditPolicy.KindOneofCase.AddExpression:
                return new Restriction.Expression(id, asked.AddExpression, IsConfirmed: false);
            case EditPolicy.KindOneofCase.AddAllMembers:
                return new Restriction.AllMembers(id);
            case EditPolicy.KindOneofCase.AddNoProject:
                return new Restriction.NoProject(id);
            default:
                throw new RefusalException(RefusalKind.Invalid, "The request does not say which restriction is meant.");
        }
    }

    private static RefusalException NotFound() => new(RefusalKind.NotFound, "There is no such context.");

    private static string Count(int variables) => variables == 1 ? "one variable" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{variables} variables");
}
