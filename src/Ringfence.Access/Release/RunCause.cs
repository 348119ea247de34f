using Ringfence.Access.Names;

namespace Ringfence.Access.Release;

/// <summary>Why a workflow runs, as far as it decides whose rights it uses (ACT-1 to ACT-8). A closed family.</summary>
public abstract record RunCause
{
    private RunCause()
    {
    }

    /// <summary>An event of a forge; the person is null when the forge's user is linked to nobody (ACT-1).</summary>
    public sealed record ForgeEvent(ActorId? Person) : RunCause;

    /// <summary>A request; the actor is the owner of a personal token, or a machine's token itself (ACT-6).</summary>
    public sealed record ApiRequest(ActorId TokenActor, bool IsMachine) : RunCause;

    /// <summary>A schedule; without a person it runs for the system (ACT-5).</summary>
    public sealed record Schedule(ActorId? Person) : RunCause;

    /// <summary>A schedule inside a config file, which has no person.</summary>
    public sealed record InlineSchedule : RunCause;

    /// <summary>A custom webhook, which has no person (ACT-7).</summary>
    public sealed record CustomWebhook : RunCause;

    /// <summary>Somebody started it again (ACT-4).</summary>
    public sealed record ManualRerun(ActorId Person) : RunCause;

    /// <summary>It repeats itself after a failure, with the same actor (ACT-4).</summary>
    public sealed record AutomaticRerun(RunCause Original) : RunCause;

    /// <summary>The second phase of a dynamic config, with the actor of the first (ACT-8).</summary>
    public sealed record Continuation(RunCause Setup) : RunCause;
}
