using System.Collections.Immutable;
using Ringfence.Access.Contexts;

namespace Ringfence.Access.Release;

/// <summary>
/// Decides whether secrets are released to one attempt of one job (CTX-35). Pure and never throws: a check that cannot be made denies.
/// Asked twice, once for fast feedback and once by the keep; only the keep's answer counts (CTX-36).
/// </summary>
public static class ReleasePolicy
{
    private static readonly ImmutableArray<ReleaseCheck> Order = [.. Enum.GetValues<ReleaseCheck>().Order()];

    /// <summary>Decides about one context, or the project's own variables.</summary>
    public static ReleaseDecision Decide(ReleaseFacts facts, AccessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        return Decide(facts, new PolicyLookup.Found(policy));
    }

    /// <summary>
    /// Decides about everything a job asks for; one denial denies all (CTX-54). A job whose only fault is a name that does not exist fails,
    /// every other denied job is unauthorized, so that names cannot be tried out.
    /// </summary>
    public static JobRelease DecideAll(ReleaseFacts facts, IReadOnlyList<PolicyLookup> wanted)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(wanted);
        ImmutableArray<ReleaseDecision> decisions = [.. wanted.Select(w => Decide(facts, w))];
        var denials = decisions.SelectMany(d => d.Denials).ToList();
        var outcome = denials switch
        {
            [] => ReleaseOutcome.Released,
            _ when denials.All(d => d.Reason == DenialReason.ContextMissing) => ReleaseOutcome.Failed,
            _ => ReleaseOutcome.Unauthorized,
        };
        return new JobRelease(outcome, decisions);
    }

    private static ReleaseDecision Decide(ReleaseFacts facts, PolicyLookup lookup)
    {
        var denials = ImmutableArray.CreateBuilder<Denial>();
        foreach (var check in Order)
        {
            try
            {
                denials.AddRange(ReleaseChecks.Make(check, facts, lookup));
            }
#pragma warning disable CA1031 // Whatever goes wrong in a check has to deny, also what nobody thought of.
            catch (Exception)
#pragma warning restore CA1031
            {
                denials.Add(new Denial(
                    check, DenialReason.CheckFailed, null, null, $"The check '{check}' could not be made, so the secrets stay where they are.",
                    "Start the job again; if it is denied again, an administrator of the installation has to look at the log of the keep."));
            }
        }

        return new ReleaseDecision(denials.ToImmutable());
    }
}
