using System.Collections.Immutable;
using Ringfence.Access.Names;
using Ringfence.Access.Release;

namespace Ringfence.Access.Approvals;

/// <summary>Who may approve in a project (ACT-2). Without groups, any member may, as at CircleCI.</summary>
/// <param name="Groups">The groups of which the approver has to be in one; empty for any member.</param>
/// <param name="ForbidsSelfApproval">Whether whoever started the pipeline may not approve it.</param>
public sealed record ApprovalPolicy(ImmutableArray<GroupId> Groups, bool ForbidsSelfApproval)
{
    /// <summary>Why the person may not approve, in one sentence; null when they may. Record both identities.</summary>
    public string? WhyNot(ActorFacts approver, ActorId? starter, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(approver);
        if (approver is not { Kind: ActorKind.Person, State: ActorState.Active, IsMember: true, Id: { } id })
            return "Only members of the organization may approve: ask one.";
        if (ForbidsSelfApproval && (starter is null || starter == id))
            return "Whoever started the pipeline may not approve it, or it is not known who did: ask somebody else of the project.";

        return Groups.IsEmpty || Groups.Any(g => approver.IsIn(g, now))
            ? null
            : "Only members of certain groups may approve in this project: ask one, or an administrator to change the groups.";
    }
}
