using Ringfence.Access.Contexts;
using Ringfence.Access.Release;

namespace Ringfence.Access.Tests.Contexts;

public sealed class ContextRightsTests
{
    [Fact]
    [Rule("CTX-5")]
    public void Members_who_may_use_contexts_create_them()
    {
        Assert.Null(ContextRights.WhyNotCreate(Some.Bob));
        Assert.NotNull(ContextRights.WhyNotCreate(Some.Bob with { Role = Role.Viewer }));
        Assert.NotNull(ContextRights.WhyNotCreate(Some.Bob with { IsMember = false }));
        Assert.NotNull(ContextRights.WhyNotCreate(Some.Bob with { State = ActorState.Suspended }));
    }

    [Fact]
    [Rule("CTX-11")]
    public void Members_of_its_groups_and_administrators_change_a_context()
    {
        var restricted = Some.AContext(Some.ForDeployers);

        Assert.Null(ContextRights.WhyNotEdit(Some.Alice, restricted, Some.Now));
        Assert.Null(ContextRights.WhyNotEdit(Some.Root, restricted, Some.Now));
        Assert.NotNull(ContextRights.WhyNotEdit(Some.Bob, restricted, Some.Now));
        Assert.NotNull(ContextRights.WhyNotEdit(Some.Alice, restricted, Some.Now.AddMinutes(6)));
        Assert.Null(ContextRights.WhyNotEdit(Some.Bob, Some.AContext(Some.ForAll, Some.ForDeployers), Some.Now));
        Assert.NotNull(ContextRights.WhyNotEdit(Some.Alice, Some.AContext(), Some.Now));
        Assert.NotNull(ContextRights.WhyNotEdit(Some.Alice with { Role = Role.Viewer }, restricted, Some.Now));
        Assert.NotNull(ContextRights.WhyNotEdit(Some.Root with { State = ActorState.Suspended }, restricted, Some.Now));
    }
}
