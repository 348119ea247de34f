using Ringfence.Access.Contexts;

namespace Ringfence.Access.Release;

/// <summary>The check of groups (CTX-35, 5).</summary>
internal static class GroupChecks
{
    private const string Administrator = "An administrator of the organization can";

    public static IEnumerable<Denial> Group(ReleaseFacts facts, AccessPolicy policy)
    {
        var isOpen = policy.IsOpenToAllMembers;
        var isContext = policy.Owner is SecretOwner.Context;
        if (facts.Switches.RequiresGroups && isContext && (isOpen || !policy.Groups.Any()))
        {
            yield return new Denial(
                ReleaseCheck.Group, DenialReason.ContextGroup, null, null, $"The organization demands a group on every context, and {policy.Owner.Title} has none.",
                $"{Administrator} add a group to {policy.Owner.Title}.");
            yield break;
        }

        // While all members are there, other groups restrict nobody (CTX-6).
        if (isOpen)
            yield break;

        foreach (var actor in facts.Actors)
        {
            if (!IsAdmitted(actor, facts, policy))
                yield return Deny(actor, facts, policy);
        }
    }

    private static bool IsAdmitted(ActorFacts actor, ReleaseFacts facts, AccessPolicy policy)
    {
        // Somebody who is not active or no member is in no group, whatever the list says; the third check denies on its own.
        if (actor is not { State: ActorState.Active, IsMember: true })
            return false;

        return (facts.Switches.ExemptsAdministrators && actor is { Kind: ActorKind.Person, Role: Release.Role.Administrator })
            || policy.Groups.Any(g => actor.IsIn(g.GroupId, facts.Now));
    }

    private static Denial Deny(ActorFacts actor, ReleaseFacts facts, AccessPolicy policy)
    {
        var (why, who) = actor.Kind switch
        {
            ActorKind.System => (
                $"The schedule runs for the system, which is in no group of {policy.Owner.Title}.",
                "A member of a group can take over the schedule, or start the job again."),
            ActorKind.Nobody => (
                $"No person is behind this pipeline, and {policy.Owner.Title} is for groups.",
                "A member of a group can start the job again, or approve it where the workflow asks for an approval."),
            _ when !policy.Groups.Any() => (
                $"No group may use {policy.Owner.Title}{(facts.Switches.ExemptsAdministrators ? ", only administrators" : "")}.",
                $"{Administrator} add a group to {policy.Owner.Title}."),
            _ when actor is not { State: ActorState.Active, IsMember: true } => (
                $"Only groups may use {policy.Owner.Title}, and they count for active members of the organization only.",
                "A member of a group can start the job again."),
            _ when !actor.HasFreshGroups(facts.Now) => (
                $"The groups of {actor.Name} could not be read in the last 5 minutes, so it is not known whether {actor.Name} may use {policy.Owner.Title}.",
                "Anybody can start the job again once the source of the groups answers."),
            _ => (
                $"{actor.Name} is in none of the groups that may use {policy.Owner.Title}.",
                $"{Administrator} add {actor.Name} to a group or a group to {policy.Owner.Title}; a member of a group can start the job again."),
        };
        return new Denial(ReleaseCheck.Group, DenialReason.ContextGroup, actor.Id, policy.Groups.FirstOrDefault()?.Id, why, who);
    }
}
