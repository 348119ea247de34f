using System.Diagnostics;
using Ringfence.Access.Contexts;
using Ringfence.Access.Expressions;
using Ringfence.Access.Names;

namespace Ringfence.Access.Release;

/// <summary>The checks that do not ask who the actor is (CTX-35), and the way to those that do.</summary>
internal static class ReleaseChecks
{
    private const string Administrator = "An administrator of the organization can change it";

    /// <summary>What a check has against the release; nothing when it passes.</summary>
    public static List<Denial> Make(ReleaseCheck check, ReleaseFacts facts, PolicyLookup lookup)
    {
        // Nothing about a context of another organization may show, so it is as if it were not there.
        var policy = lookup is PolicyLookup.Found found && IsHere(found.Policy, facts) ? found.Policy : null;
        var denials = check switch
        {
            ReleaseCheck.Existence => policy is null ? [Missing(lookup)] : Enumerable.Empty<Denial>(),
            ReleaseCheck.Pipeline => Pipeline(facts, policy),
            ReleaseCheck.Actor => ActorChecks.Actor(facts),
            ReleaseCheck.Role => ActorChecks.Role(facts),
            ReleaseCheck.ConfigPolicy => ConfigPolicy(facts),
            _ when policy is null => [],
            ReleaseCheck.Group => GroupChecks.Group(facts, policy),
            ReleaseCheck.Project => Project(facts, policy),
            ReleaseCheck.Expression => Expressions(facts, policy),
            _ => throw new UnreachableException(),
        };

        // Made here, so that what is thrown on the way is caught for this check.
        return [.. denials];
    }

    private static bool IsHere(AccessPolicy policy, ReleaseFacts facts) =>
        facts.Organization != default && policy.Organization == facts.Organization && policy.Owner switch
        {
            SecretOwner.Context context => context.Id != default,
            SecretOwner.Project project => project.Id != default && project.Id == facts.Project,
            _ => throw new UnreachableException(),
        };

    private static Denial Missing(PolicyLookup lookup)
    {
        var title = lookup switch
        {
            PolicyLookup.Missing missing => $"context '{Shown.Of(missing.Name)}'",
            PolicyLookup.Found { Policy.Owner: SecretOwner.Context context } => $"context '{context.Name}'",
            PolicyLookup.Found => "set of project variables",
            _ => throw new UnreachableException(),
        };
        return new Denial(
            ReleaseCheck.Existence, DenialReason.ContextMissing, null, null, $"There is no {title} in the organization that owns the project.",
            "Whoever writes the config can correct the name; whoever may use contexts can create it.");
    }

    private static IEnumerable<Denial> Pipeline(ReleaseFacts facts, AccessPolicy? policy)
    {
        if (facts.Fork != ForkState.Own && !facts.ForksReceiveSecrets)
        {
            var why = facts.Fork == ForkState.Fork
                ? "The code comes from a fork, and forks get no secrets of this project."
                : "It is not known whether the code comes from a fork, so it counts as one, and forks get no secrets of this project.";
            yield return new Denial(ReleaseCheck.Pipeline, DenialReason.ForkWithoutSecrets, null, null, why, $"{Administrator} for the project, but a branch of the project's own repository is safer.");
        }

        if (facts.IsSshEnabled && policy is { AllowsSsh: false })
        {
            yield return new Denial(
                ReleaseCheck.Pipeline, DenialReason.SshWithoutSecrets, null, null, $"The job runs with SSH, where nothing masks secrets, and that is not allowed for {policy.Owner.Title}.",
                $"{Administrator} for {policy.Owner.Title}.");
        }
    }

    private static IEnumerable<Denial> Project(ReleaseFacts facts, AccessPolicy policy)
    {
        var places = policy.Restrictions.Where(r => r.IsAboutProjects).ToList();
        if (places.Count == 0 || (facts.Project != default && places.Any(r => r is Restriction.Project project && project.ProjectId == facts.Project)))
            yield break;

        yield return new Denial(
            ReleaseCheck.Project, DenialReason.ContextProject, null, places[0].Id,
            places.All(r => r is Restriction.NoProject) ? $"No project may use {policy.Owner.Title}." : $"The project is not among those that may use {policy.Owner.Title}.",
            $"{Administrator} by adding the project to {policy.Owner.Title}.");
    }

    private static IEnumerable<Denial> Expressions(ReleaseFacts facts, AccessPolicy policy)
    {
        var source = facts.ConfigOrigin switch
        {
            ConfigOrigin.Api => "api",
            ConfigOrigin.Vcs => "vcs",
            _ => null,
        };
        var values = new RestrictionValues(facts.Values, facts.IsSshEnabled, source, facts.Fork != ForkState.Own);
        foreach (var expression in policy.Restrictions.OfType<Restriction.Expression>())
        {
            if (WhyNot(expression, values) is { } why)
            {
                yield return new Denial(
                    ReleaseCheck.Expression, DenialReason.ContextExpression, null, expression.Id, $"The expression '{Shown.Of(expression.Text)}' on {policy.Owner.Title} does not let the job through: {why}.",
                    $"{Administrator} by changing the expression; the job can meet it by running as it demands.");
            }
        }
    }

    private static string? WhyNot(Restriction.Expression expression, RestrictionValues values)
    {
        if (!expression.IsConfirmed && ExpressionCheck.Of(expression.Text) is { IsAccepted: false } check)
            return $"an administrator has to confirm it first, since {check.Errors[0].Message}";

        var result = RestrictionExpression.Evaluate(expression.Text, values);
        if (result.IsAllowed)
            return null;

        return (result.Error?.Message ?? RestrictionExpression.WhyNoExpression(expression.Text)) is { } why ? char.ToLowerInvariant(why[0]) + why[1..] : "it is not true";
    }

    private static IEnumerable<Denial> ConfigPolicy(ReleaseFacts facts)
    {
        if (facts.PolicyVerdict is PolicyVerdict.None or PolicyVerdict.Passed or PolicyVerdict.SoftFailure)
            yield break;

        yield return new Denial(
            ReleaseCheck.ConfigPolicy, DenialReason.ConfigPolicy, null, null,
            facts.PolicyVerdict == PolicyVerdict.HardFailure ? "A config policy of the organization forbids this pipeline." : "It is not known what the config policies of the organization say about this pipeline.",
            "Whoever writes the config can meet the policy; an administrator of the organization can change it.");
    }
}
