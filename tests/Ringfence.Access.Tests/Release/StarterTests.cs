using Ringfence.Access.Names;
using Ringfence.Access.Release;

namespace Ringfence.Access.Tests.Release;

public sealed class StarterTests
{
    private static readonly ActorId Alice = Some.Alice.Id!.Value;

    [Fact]
    [Rule("ACT-1", "ACT-5", "ACT-6", "ACT-7")]
    public void Each_trigger_has_its_actor()
    {
        Assert.Equal(new Starter(Alice, ActorKind.Person, ActorStanding.Started, TriggerKind.Forge), Starter.Of(new RunCause.ForgeEvent(Alice)));
        Assert.Equal(new Starter(null, ActorKind.Person, ActorStanding.Started, TriggerKind.Forge), Starter.Of(new RunCause.ForgeEvent(null)));
        Assert.Equal(new Starter(null, ActorKind.System, ActorStanding.Started, TriggerKind.Schedule), Starter.Of(new RunCause.Schedule(null)));
        Assert.Equal(new Starter(Alice, ActorKind.Machine, ActorStanding.Started, TriggerKind.Api), Starter.Of(new RunCause.ApiRequest(Alice, IsMachine: true)));
        Assert.Equal(new Starter(null, ActorKind.Nobody, ActorStanding.Started, TriggerKind.CustomWebhook), Starter.Of(new RunCause.CustomWebhook()));
    }

    [Fact]
    [Rule("ACT-4", "ACT-8")]
    public void Who_reruns_counts_and_what_repeats_itself_changes_nothing()
    {
        var rerun = new RunCause.ManualRerun(Alice);

        Assert.Equal(new Starter(Alice, ActorKind.Person, ActorStanding.Reran, null), Starter.Of(rerun));
        Assert.Equal(Starter.Of(rerun), Starter.Of(new RunCause.AutomaticRerun(new RunCause.Continuation(rerun))));
    }
}
