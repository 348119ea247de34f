using System.Globalization;
using Ringfence.Access.Expressions;
using Ringfence.Access.Names;
using Ringfence.Access.Release;

namespace Ringfence.Access.Contexts;

/// <summary>Changes of a policy as pure functions. Only an administrator may make them (CTX-5).</summary>
public static class PolicyEditor
{
    /// <summary>Adds a restriction. The first group takes the place of all members (CTX-6), the first project that of no project.</summary>
    public static PolicyChange Add(AccessPolicy policy, Restriction restriction, Role editor, bool isConfirmed)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(restriction);
        if (WhyNotEdit(editor) is { } whyNot)
            return new PolicyChange.Refused([whyNot]);
        if (policy.Restrictions.Any(r => IsSame(r, restriction)))
            return new PolicyChange.Refused([$"The restriction is there already: nothing has to be done for {policy.Owner.Title}."]);
        if (policy.Restrictions.Length >= AccessLimits.RestrictionsPerPolicy)
        {
            return new PolicyChange.Refused(
                [string.Create(CultureInfo.InvariantCulture, $"There are {AccessLimits.RestrictionsPerPolicy} restrictions on {policy.Owner.Title} already: remove one first.")]);
        }

        return restriction switch
        {
            Restriction.Group group => Replace<Restriction.AllMembers>(policy, group, $"The group '{group.Name}' may now use {policy.Owner.Title}"),
            Restriction.AllMembers all => AddAllMembers(policy, all, isConfirmed),
            Restriction.Project project => Replace<Restriction.NoProject>(policy, project, $"The project {project.ProjectId} may now use {policy.Owner.Title}"),
            Restriction.NoProject none => CloseToProjects(policy, none),
            Restriction.Expression expression => AddExpression(policy, expression, isConfirmed),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Removes a restriction. Removing the last project or expression opens the secrets to more jobs and needs a confirmation (CTX-33).</summary>
    public static PolicyChange Remove(AccessPolicy policy, RestrictionId id, Role editor, bool isConfirmed)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (WhyNotEdit(editor) is { } whyNot)
            return new PolicyChange.Refused([whyNot]);
        if (policy.Restrictions.FirstOrDefault(r => r.Id == id) is not { } restriction)
            return new PolicyChange.Refused([$"There is no such restriction on {policy.Owner.Title}: list its restrictions to see their ids."]);

        var changed = policy with { Restrictions = policy.Restrictions.Remove(restriction) };
        if (WhatOpens(restriction, changed) is not { } opened)
            return new PolicyChange.Changed(changed, false, WhatNarrows(restriction, changed));

        return isConfirmed
            ? new PolicyChange.Changed(changed, true, $"{opened}.")
            : new PolicyChange.NeedsConfirmation([$"{opened}: confirm it, or add what may use {policy.Owner.Title} from now on first."]);
    }

    private static string? WhyNotEdit(Role editor) =>
        editor == Role.Administrator ? null : "Only an administrator of the organization may change restrictions: ask one.";

    private static bool IsSame(Restriction one, Restriction other) => (one, other) switch
    {
        (Restriction.Group a, Restriction.Group b) => a.GroupId == b.GroupId,
        (Restriction.Project a, Restriction.Project b) => a.ProjectId == b.ProjectId,
        (Restriction.Expression a, Restriction.Expression b) => string.Equals(a.Text, b.Text, StringComparison.Ordinal),
        (Restriction.AllMembers, Restriction.AllMembers) or (Restriction.NoProject, Restriction.NoProject) => true,
        _ => one.Id == other.Id,
    };

    private static PolicyChange.Changed Replace<TOpen>(AccessPolicy policy, Restriction restriction, string sentence)
        where TOpen : Restriction
    {
        var kept = policy.Restrictions.RemoveAll(r => r is TOpen);
        var replaced = kept.Length < policy.Restrictions.Length;
        var isGroup = restriction is Restriction.Group;
        return new PolicyChange.Changed(
            policy with { Restrictions = kept.Add(restriction) }, false,
            replaced && isGroup ? $"{sentence}, and no longer all members." : $"{sentence}.");
    }

    private static PolicyChange AddAllMembers(AccessPolicy policy, Restriction.AllMembers all, bool isConfirmed)
    {
        var sentence = $"All members may now use {policy.Owner.Title}, whatever its groups";
        return isConfirmed
            ? new PolicyChange.Changed(policy with { Restrictions = policy.Restrictions.Add(all) }, true, $"{sentence}.")
            : new PolicyChange.NeedsConfirmation([$"{sentence}: confirm it, or add a group instead."]);
    }

    private static PolicyChange.Changed CloseToProjects(AccessPolicy policy, Restriction.NoProject none) => new(
        policy with { Restrictions = policy.Restrictions.RemoveAll(r => r is Restriction.Project).Add(none) }, false,
        $"No project may use {policy.Owner.Title} any more.");

    private static PolicyChange AddExpression(AccessPolicy policy, Restriction.Expression expression, bool isConfirmed)
    {
        var check = ExpressionCheck.Of(expression.Text);
        if (!check.Errors.IsEmpty)
            return new PolicyChange.Refused([.. check.Errors.Select(e => e.ToString())]);
        if (!check.Warnings.IsEmpty && !isConfirmed)
            return new PolicyChange.NeedsConfirmation([.. check.Warnings.Select(w => w.ToString())]);

        return new PolicyChange.Changed(
            policy with { Restrictions = policy.Restrictions.Add(expression) }, false,
            $"Jobs may now use {policy.Owner.Title} only when the new expression is true.");
    }

    private static string? WhatOpens(Restriction removed, AccessPolicy rest) => removed switch
    {
        Restriction.Project or Restriction.NoProject when !rest.Restrictions.Any(r => r.IsAboutProjects) =>
            $"Every project of the organization may use {rest.Owner.Title} without the last restriction to a project",
        Restriction.Expression when !rest.Restrictions.Any(r => r is Restriction.Expression) =>
            $"No expression holds jobs back from {rest.Owner.Title} without the last one",
        _ => null,
    };

    private static string WhatNarrows(Restriction removed, AccessPolicy rest) =>
        removed.IsAboutGroups && !rest.Restrictions.Any(r => r.IsAboutGroups)
            ? $"Only administrators may use {rest.Owner.Title} now."
            : $"A restriction of {rest.Owner.Title} was removed.";
}
