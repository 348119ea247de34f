namespace Ringfence.Access.Release;

/// <summary>The checks of who the actors are and what they may do at all (CTX-35, 3 and 4).</summary>
internal static class ActorChecks
{
    private const string Administrator = "An administrator of the organization can";

    public static IEnumerable<Denial> Actor(ReleaseFacts facts)
    {
        if (facts.Actors.IsEmpty)
            yield return Unknown(null, "It is not known whose rights the job uses.");

        foreach (var actor in facts.Actors)
        {
            if (WhyNot(actor, facts) is { } denial)
                yield return denial;
        }
    }

    public static IEnumerable<Denial> Role(ReleaseFacts facts) =>
        from actor in facts.Actors
        where actor.Kind is ActorKind.Person or ActorKind.Machine && actor.Role < Release.Role.Contributor && !IsAdmittedOutsider(actor, facts)
        select new Denial(
            ReleaseCheck.Role, DenialReason.ActorRole, actor.Id, null, $"The role of {actor.Name} does not include the use of secrets.",
            $"{Administrator} give {actor.Name} the role of a contributor, or somebody who has it can start the job again.");

    /// <summary>
    /// Whether somebody from outside works in a fork of a project that hands secrets to forks on purpose. The outsider then gets what is
    /// open to all members and nothing that names a group (ACT-1, FORK-2).
    /// </summary>
    public static bool IsAdmittedOutsider(ActorFacts actor, ReleaseFacts facts) =>
        facts is { ForksReceiveSecrets: true, Fork: not ForkState.Own } && actor.Kind == ActorKind.Person && actor.Standing == ActorStanding.Started
        && (actor.State == ActorState.Unregistered || actor is { State: ActorState.Active, IsMember: false });

    private static Denial? WhyNot(ActorFacts actor, ReleaseFacts facts)
    {
        if (actor.Standing == ActorStanding.Unknown || IsContradiction(actor, facts))
            return Unknown(actor, $"It is not known how {actor.Name} came to be the one whose rights the job uses.");
        if (actor.Kind is ActorKind.System or ActorKind.Nobody || IsAdmittedOutsider(actor, facts))
            return null;

        return (actor.Kind, actor.State) switch
        {
            (ActorKind.Unknown, _) or (_, ActorState.Unknown) => Unknown(actor, $"It is not known who {actor.Name} is."),
            (_, ActorState.Suspended) => Deny(
                actor, DenialReason.ActorSuspended, $"{actor.Name} is suspended, locked or deleted.",
                $"{Administrator} lift the suspension, or somebody else can start the job again."),
            (_, ActorState.Unregistered) => Deny(
                actor, DenialReason.UnregisteredUser, $"{actor.Name} is a user of the forge whom nobody here is linked to.",
                $"{actor.Name} can sign in once and link the account, or a member can start the job again."),
            (_, ActorState.Active) => WhyNotActive(actor),
            _ => Unknown(actor, $"It is not known who {actor.Name} is."),
        };
    }

    private static Denial? WhyNotActive(ActorFacts actor)
    {
        if (actor.Id is null || actor.Id.Value == default)
            return Unknown(actor, $"It is not known who {actor.Name} is.");
        if (!actor.IsMember)
        {
            return Deny(
                actor, DenialReason.ActorNotMember, $"{actor.Name} is no member of the organization that owns the project.",
                $"{Administrator} add {actor.Name}, or a member can start the job again.");
        }

        return actor.Session is SessionState.NotRequired or SessionState.Satisfied || actor.Kind == ActorKind.Machine
            ? null
            : Deny(actor, DenialReason.SsoRequired, $"The organization demands a sign-in that {actor.Name} has not made.", $"{actor.Name} can sign in and start the job again.");
    }

    // A webhook has no person behind it and a forge's event is never the system's, whatever a server claims.
    private static bool IsContradiction(ActorFacts actor, ReleaseFacts facts) => actor.Standing == ActorStanding.Started && facts.Trigger switch
    {
        TriggerKind.CustomWebhook or TriggerKind.InlineSchedule => actor.Kind is not (ActorKind.Nobody or ActorKind.System),
        TriggerKind.Schedule => actor.Kind == ActorKind.Nobody,
        TriggerKind.Local or TriggerKind.Forge or TriggerKind.Api => actor.Kind is ActorKind.Nobody or ActorKind.System,
        _ => true,
    } || (actor.Standing is ActorStanding.Approved or ActorStanding.Reran && actor.Kind is ActorKind.Nobody or ActorKind.System);

    private static Denial Unknown(ActorFacts? actor, string sentence) => new(
        ReleaseCheck.Actor, DenialReason.ActorUnknown, actor?.Id, null, sentence, "A member of the organization who may use the secrets can start the job again.");

    private static Denial Deny(ActorFacts actor, DenialReason reason, string sentence, string who) =>
        new(ReleaseCheck.Actor, reason, actor.Id, null, sentence, who);
}
