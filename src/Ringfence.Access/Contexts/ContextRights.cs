using Ringfence.Access.Release;

namespace Ringfence.Access.Contexts;

/// <summary>Who may do what with a context, apart from using it in a job. Each answer is null for yes, or one sentence that says why not.</summary>
public static class ContextRights
{
    /// <summary>Why the person may not create a context (CTX-5).</summary>
    public static string? WhyNotCreate(ActorFacts person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return IsMember(person) && person.Role >= Role.Contributor
            ? null
            : "Only members of the organization who may use contexts may create one: ask an administrator for the role of a contributor.";
    }

    /// <summary>Why the person may not delete a context or add and remove its variables (CTX-11). Administrators always may.</summary>
    public static string? WhyNotEdit(ActorFacts person, AccessPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(policy);
        if (IsMember(person) && person.Role == Role.Administrator)
            return null;
        if (WhyNotCreate(person) is not null)
            return $"Only members of the organization who may use contexts may change {policy.Owner.Title}: ask an administrator for the role of a contributor.";
        if (policy.IsOpenToAllMembers)
            return null;
        if (!policy.Groups.Any())
            return $"Only administrators may change {policy.Owner.Title}: ask one.";

        return policy.Groups.Any(g => person.IsIn(g.GroupId, now))
            ? null
            : $"Only members of its groups may change {policy.Owner.Title}: ask a member or an administrator.";
    }

    private static bool IsMember(ActorFacts person) => person is { State: ActorState.Active, IsMember: true };
}
