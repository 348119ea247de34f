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
            Restriction.Group group => Replace<Restriction.AllMembers>(policy, group, $"The group '{Shown.Of(group.Name)}' may now use {policy.Owner.Title}"),
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

    /// <summary>Keeps an expression that comes from elsewhere, whatever the strict check says of it; one that the check refuses denies until it is confirmed (EXP-14).</summary>
    public static PolicyChange Import(AccessPolicy policy, Restriction.Expression expression, Role editor)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var change = Add(policy, expression, editor, isConfirmed: true);
        if (change is not PolicyChange.Refused || ExpressionCheck.Of(expression.Text).IsAccepted || WhyNotEdit(editor) is not null)
            return change;
        if (policy.Restrictions.Length >= AccessLimits.RestrictionsPerPolicy || policy.Restrictions.Any(r => IsSame(r, expression)))
            return change;

        return new PolicyChange.Changed(
            policy with { Restrictions = policy.Restrictions.Add(expression with { IsConfirmed = false }) }, false,
            $"An expression that no job meets until an administrator confirms it was imported for {policy.Owner.Title}.");
    }

    /// <summary>Lets an imported expression mean what it means at CircleCI, once an administrator has read what is wrong with it (EXP-14).</summary>
    public static PolicyChange Confirm(AccessPolicy policy, RestrictionId id, Role editor, bool isConfirmed)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (WhyNotEdit(editor) is { } whyNot)
            return new PolicyChange.Refused([whyNot]);
        if (policy.Restrictions.OfType<Restriction.Expression>().FirstOrDefault(r => r.Id == id) is not { } expression)
            return new PolicyChange.Refused([$"There is no such expression on {policy.Owner.Title}: list its restrictions to see their ids."]);
        if (!isConfirmed)
            return new PolicyChange.NeedsConfirmation([.. ExpressionCheck.Of(expression.Text).Errors.Select(e => e.ToString()), "Confirm that the expression means what you want, or replace it."]);

        return new PolicyChange.Changed(
            policy with { Restrictions = policy.Restrictions.Replace(expression, expression with { IsConfirmed = true }) }, true,
            $"An expression on {policy.Owner.Title} that the strict check refuses was confirmed.");
    }

    /// <summary>Allows or forbids what keeps secrets from jobs by default (SSH-23, FORK-2). Allowing opens the secrets and needs a confirmation.</summary>
    public static PolicyChange Allow(AccessPolicy policy, Allowance allowance, bool isAllowed, Role editor, bool isConfirmed)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (WhyNotEdit(editor) is { } whyNot)
            return new PolicyChange.Refused([whyNot]);
        var title = policy.Owner.Title;
        if (allowance == Allowance.Forks && policy.Owner is not SecretOwner.Project)
            return new PolicyChange.Refused([$"Whether jobs with the code of forks get secrets is decided for a project, not for {title}."]);
        if (policy.Allows(allowance) == isAllowed)
            return new PolicyChange.Refused([$"That is how it is already: nothing has to be done for {title}."]);

        var (changed, jobs, risk) = allowance switch
        {
            Allowance.Ssh => (policy with { AllowsSsh = isAllowed }, $"with SSH get {(policy.Owner is SecretOwner.Project ? "the project's own secrets" : $"the secrets of {title}")}", "where nothing masks them"),
            Allowance.Forks => (policy with { AllowsForks = isAllowed }, "with the code of forks get secrets of the project and its contexts", "and whoever can open a pull request can take them"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (!isAllowed)
            return new PolicyChange.Changed(changed, false, $"No jobs {jobs} any more.");

        return isConfirmed
            ? new PolicyChange.Changed(changed, true, $"Jobs {jobs} from now on.")
            : new PolicyChange.NeedsConfirmation([$"Jobs {jobs} then, {risk}: confirm it, or leave it as it is."]);
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
