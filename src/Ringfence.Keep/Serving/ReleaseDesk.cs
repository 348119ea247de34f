using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf;
using Ringfence.Access.Contexts;
using Ringfence.Access.Fences;
using Ringfence.Access.Names;
using Ringfence.Access.Release;
using Ringfence.Access.Variables;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;
using Ringfence.Keep.Ledgers;
using Ringfence.Keep.Local;
using Ringfence.Keep.Vaults;
using Ringfence.Primitives;
using Ringfence.Protocol;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Keep.Serving;

/// <summary>Decides for one attempt of one job, opens exactly what is granted, and seals it to the job's one-time key (CTX-36, INC-4).</summary>
internal sealed class ReleaseDesk(KeepRoom room)
{
    private const int MostSteps = 10_000;

    // What is around them takes a few hundred bytes.
    private const int MostBytes = Frames.LongestMessage - (64 * 1024);

    public KeepAnswer Release(Release asked, LedgerEntry entry)
    {
        if (!SealingPublicKey.TryParse(asked.OneTimeKey.Span, out var receiver) || asked.Job is null)
            throw new RefusalException(RefusalKind.Invalid, "The request has no one-time key or no job.");
        if (asked.Job.Steps.Count > MostSteps)
            throw new RefusalException(RefusalKind.Invalid, "The job has more steps than a job may.");

        // Of one that is named twice the last counts: later contexts override earlier ones (CTX-20).
        var names = asked.Contexts.Reverse().Distinct(StringComparer.Ordinal).Reverse().ToList();
        if (AccessLimits.WhyNoReferences(names.Count) is { } tooMany)
            throw new RefusalException(RefusalKind.Invalid, tooMany);

        var project = room.Load(VaultPolicies.ProjectKey(asked.Project));
        var contexts = names.Select(name => (Name: name, Stored: room.FindContext(asked.Organization, name))).ToList();
        var person = LocalPerson.Read();
        var facts = Facts(asked, person) with { ForksReceiveSecrets = project is not null && VaultPolicies.PolicyOf(project).AllowsForks };
        var keys = project is null ? SshKeyChoice.None : SshKeyChoice.Of(asked.Job.Steps, project);
        IReadOnlyList<PolicyLookup> wanted =
        [
            .. project is not null && (project.Living.Any() || !keys.IsEmpty) ? [new PolicyLookup.Found(VaultPolicies.PolicyOf(project))] : Array.Empty<PolicyLookup>(),
            .. contexts.Select(c => c.Stored is null ? (PolicyLookup)new PolicyLookup.Missing(c.Name) : new PolicyLookup.Found(VaultPolicies.PolicyOf(c.Stored))),
        ];
        var decision = ReleasePolicy.DecideAll(facts, wanted);
        var recorded = entry with { By = person.Name, Organization = asked.Organization, OwnerName = string.Join(", ", names), Job = Recorded(asked), Text = asked.IsSshEnabled ? "with SSH" : "" };
        return decision.IsReleased
            ? Grant(asked, receiver, [.. (project is null ? [] : (VaultOwner[])[project]).Concat(contexts.Select(c => c.Stored!))], keys, recorded)
            : Deny(decision, wanted, recorded);
    }

    private KeepAnswer Deny(JobRelease decision, IReadOnlyList<PolicyLookup> wanted, LedgerEntry entry)
    {
        var reasons = decision.Decisions.SelectMany((d, i) => d.Denials.Select(denial => (denial, Owner: Title(wanted[i])))).OrderBy(r => r.denial.Check).ToList();
        var written = room.Ledger.Append(entry with { Kind = LedgerKind.Denial, Reasons = [.. reasons.Select(r => new LedgerReason(r.denial.Code, r.Owner, r.denial.Sentence))] });
        var denied = new Denied { IsMissing = decision.Outcome == ReleaseOutcome.Failed, Entry = written.Number };
        denied.Reasons.AddRange(reasons.Select(r => new Reason { Code = r.denial.Code, Owner = r.Owner, Sentence = r.denial.Sentence, WhoCanChange = r.denial.WhoCanChange }));
        return new KeepAnswer { Denied = denied };
    }

    private KeepAnswer Grant(Release asked, SealingPublicKey receiver, ImmutableArray<VaultOwner> owners, SshKeyChoice keys, LedgerEntry entry)
    {
        var sources = owners.Select(o => (Stored: o, Source: VaultPolicies.SourceOf(o))).ToList();
        var project = sources.FirstOrDefault(s => !s.Stored.IsContext).Source;
        var set = VariableSet.Combine(project, [.. sources.Where(s => s.Stored.IsContext).Select(s => s.Source)]);
        var steps = StepsOf(asked);
        var withholds = owners.Any(o => !o.IsContext && o.WithholdsFromOrbs);
        var grant = new Grant();
        var recorded = ImmutableArray.CreateBuilder<LedgerVariable>();
        using var opened = new OpenedValues();
        foreach (var delivered in set.Variables)
        {
            var owner = sources.First(s => s.Source.Owner == delivered.Owner).Stored;
            var variable = owner.Find(delivered.Name.Text)!;
            var visible = Visible(variable, steps, withholds);
            if (visible is { IsEmpty: true })
                continue;
            var value = opened.Add(variable.Name, room.Keys.Open(variable.Sealed, new SealedPlace(owner.Organization, owner.Key, variable.Name, variable.Version)));
            var granted = new GrantedVariable { Name = variable.Name, Value = ByteString.CopyFrom(value.Reveal()), Origin = owner.IsContext ? $"context {owner.Name}" : "project", IsFenced = visible is not null };
            granted.Steps.AddRange(visible ?? []);
            grant.Variables.Add(granted);
            recorded.Add(KeepRoom.Entry(owner, variable, visible));
        }

        foreach (var key in keys.Keys)
        {
            var owner = owners.First(o => !o.IsContext);
            var value = opened.Add(key.Sha256, room.Keys.Open(key.Sealed, key.PlaceIn(owner)));
            grant.SshKeys.Add(new GrantedSshKey { Md5 = key.Md5, Sha256 = key.Sha256, Host = key.Host, Value = ByteString.CopyFrom(value.Reveal()) });
            recorded.Add(KeepRoom.Entry(owner, key, keys.Readers));
        }

        if (grant.CalculateSize() > MostBytes)
            throw new RefusalException(RefusalKind.Invalid, string.Create(CultureInfo.InvariantCulture, $"The secrets of the job have more than {MostBytes} bytes together: name fewer contexts, or store the keys that open large values instead of these."));

        // Recorded first: nothing leaves that the ledger does not have.
        var written = room.Ledger.Append(entry with { Kind = LedgerKind.Grant, Variables = recorded.ToImmutable(), Job = opened.Masked(entry.Job!) });
        return new KeepAnswer { Granted = new Granted { Sealed = ByteString.CopyFrom(GrantSeal.Seal(grant, receiver, asked, entry.Request)), Entry = written.Number } };
    }

    // Null for all: what every step has anyway is not kept from any.
    private static ImmutableArray<int>? Visible(VaultVariable variable, ImmutableArray<StepIdentity> steps, bool withholds)
    {
        var fence = VaultPolicies.FenceOf(variable);
        var policy = (withholds ? FencePolicy.OwnStepsOnly : FencePolicy.Compatible) with { Fences = fence is null ? [] : [fence] };
        ImmutableArray<int> visible = [.. steps.Where(step => policy.IsVisible(VaultPolicies.NameOf(variable), step)).Select(step => step.Index)];
        return fence is null && visible.Length == steps.Length ? null : visible;
    }

    private static ImmutableArray<StepIdentity> StepsOf(Release asked) =>
    [
        .. asked.Job.Steps.Select((step, index) => new StepIdentity
        {
            Job = asked.Job.Name,
            Index = index,
            Kind = step.Kind,
            Name = step.Name,
            Command = step.Command,
            Origin = step.IsOfConfig ? new StepOrigin.Config() : step.Orb.Length > 0 ? new StepOrigin.Orb(step.Orb) : new StepOrigin.Unknown(),
            Content = Digest.TryParse(step.Content, out var digest) ? digest : default,
        }),
    ];

    private ReleaseFacts Facts(Release asked, LocalPerson person)
    {
        var now = room.Clock.GetUtcNow();
        var values = PipelineValues.Empty;
        foreach (var value in asked.Values)
        {
            values = values.With(value.Name, value.KindCase switch
            {
                Value.KindOneofCase.Text => ExpressionValue.String(value.Text),
                Value.KindOneofCase.Integer => ExpressionValue.Integer(value.Integer),
                Value.KindOneofCase.Boolean => ExpressionValue.Boolean(value.Boolean),
                _ => ExpressionValue.Undefined,
            });
        }

        return new ReleaseFacts
        {
            Organization = VaultPolicies.OrganizationOf(asked.Organization),
            Project = VaultPolicies.ProjectOf(asked.Project),
            Actors = [person.Facts(asked.IsRerun, now)],
            Trigger = TriggerKind.Local,
            Fork = ForkClassifier.Classify(new ForkEvidence
            {
                OriginRepository = asked.OriginRepository,
                TargetRepository = asked.TargetRepository,
                Reference = asked.Reference,
                IsCalledFork = asked.IsCalledFork ? true : null,
            }),
            IsSshEnabled = asked.IsSshEnabled,
            Values = values,
            ConfigOrigin = asked.IsConfigFromApi ? ConfigOrigin.Api : ConfigOrigin.Vcs,
            PolicyVerdict = PolicyVerdict.None,
            Switches = new OrganizationSwitches(),
            Now = now,
            Attempt = Math.Max(asked.Attempt, 1),
        };
    }

    private static LedgerJob Recorded(Release asked) => new()
    {
        Project = asked.Project,
        Pipeline = asked.Job.Pipeline,
        Workflow = asked.Job.Workflow,
        Name = asked.Job.Name,
        Attempt = asked.Job.Attempt,
        Commit = asked.Job.Commit,
        Ref = asked.Job.Ref,
        Images = [.. asked.Job.Images],
        Orbs = [.. asked.Job.Orbs],
        Steps = [.. asked.Job.Steps.Select(step => step.Name)],
    };

    private static string Title(PolicyLookup lookup) => lookup switch
    {
        PolicyLookup.Missing missing => missing.Name,
        PolicyLookup.Found { Policy.Owner: SecretOwner.Context context } => context.Name.Text,
        _ => "project",
    };
}
