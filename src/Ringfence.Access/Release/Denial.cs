using Ringfence.Access.Names;

namespace Ringfence.Access.Release;

/// <summary>One check that failed.</summary>
/// <param name="Check">Which.</param>
/// <param name="Reason">Why, for programs.</param>
/// <param name="Actor">Whose rights were missing, if it is about somebody who has an id.</param>
/// <param name="Restriction">Which restriction was not met, if it is about one.</param>
/// <param name="Sentence">Why, for people who may see the context: it names it.</param>
/// <param name="WhoCanChange">Who can change it, in one sentence.</param>
public sealed record Denial(ReleaseCheck Check, DenialReason Reason, ActorId? Actor, RestrictionId? Restriction, string Sentence, string WhoCanChange)
{
    /// <summary>The word for the reason.</summary>
    public string Code => DenialCodes.Of(Reason);

    /// <summary>Why, for everybody else: it names neither the context nor the actor (CTX-53).</summary>
    public string PublicSentence => $"The job may not use one of its secrets ({Code}). An administrator of the organization can see which.";
}
