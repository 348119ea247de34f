using System.Diagnostics;
using Ringfence.Access.Names;

namespace Ringfence.Access.Release;

/// <summary>Whose rights a workflow uses until an approval changes them. What is known of the actor is looked up elsewhere.</summary>
/// <param name="Id">Who; null for those without an id here.</param>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Standing">How it became the actor.</param>
/// <param name="Trigger">What a decision is told as the trigger; null when the rerun keeps the one of the first run.</param>
public sealed record Starter(ActorId? Id, ActorKind Kind, ActorStanding Standing, TriggerKind? Trigger)
{
    /// <summary>Follows a cause to the actor (ACT-1 to ACT-8).</summary>
    public static Starter Of(RunCause cause)
    {
        while (true)
        {
            switch (cause)
            {
                case RunCause.AutomaticRerun rerun:
                    cause = rerun.Original;
                    continue;
                case RunCause.Continuation continuation:
                    cause = continuation.Setup;
                    continue;
                case RunCause.ForgeEvent forge:
                    return new Starter(forge.Person, ActorKind.Person, ActorStanding.Started, TriggerKind.Forge);
                case RunCause.ApiRequest request:
                    return new Starter(request.TokenActor, request.IsMachine ? ActorKind.Machine : ActorKind.Person, ActorStanding.Started, TriggerKind.Api);
                case RunCause.Schedule { Person: { } person }:
                    return new Starter(person, ActorKind.Person, ActorStanding.Started, TriggerKind.Schedule);
                case RunCause.Schedule:
                    return new Starter(null, ActorKind.System, ActorStanding.Started, TriggerKind.Schedule);
                case RunCause.InlineSchedule:
                    return new Starter(null, ActorKind.Nobody, ActorStanding.Started, TriggerKind.InlineSchedule);
                case RunCause.CustomWebhook:
                    return new Starter(null, ActorKind.Nobody, ActorStanding.Started, TriggerKind.CustomWebhook);
                case RunCause.ManualRerun rerun:
                    return new Starter(rerun.Person, ActorKind.Person, ActorStanding.Reran, null);
                default:
                    throw new UnreachableException();
            }
        }
    }
}
