using Ringfence.Access.Approvals;
using Ringfence.Access.Release;

namespace Ringfence.Access.Tests.Approvals;

[Rule("ACT-2")]
public sealed class ApprovalPolicyTests
{
    [Fact]
    public void Any_member_approves_unless_the_project_says_otherwise()
    {
        var policy = new ApprovalPolicy([], ForbidsSelfApproval: false);

        Assert.Null(policy.WhyNot(Some.Bob, Some.Bob.Id, Some.Now));
        Assert.NotNull(policy.WhyNot(Some.Bob with { IsMember = false }, null, Some.Now));
        Assert.NotNull(policy.WhyNot(Some.Bob with { State = ActorState.Suspended }, null, Some.Now));
        Assert.NotNull(policy.WhyNot(Some.Bob with { Kind = ActorKind.Machine }, null, Some.Now));
    }

    [Fact]
    public void A_project_asks_for_members_of_a_group()
    {
        var policy = new ApprovalPolicy([Some.Deployers], ForbidsSelfApproval: false);

        Assert.Null(policy.WhyNot(Some.Alice, Some.Bob.Id, Some.Now));
        Assert.NotNull(policy.WhyNot(Some.Bob, Some.Alice.Id, Some.Now));
        Assert.NotNull(policy.WhyNot(Some.Alice, Some.Bob.Id, Some.Now.AddMinutes(6)));
    }

    [Fact]
    public void A_project_forbids_to_approve_what_one_started()
    {
        var policy = new ApprovalPolicy([], ForbidsSelfApproval: true);

        Assert.Null(policy.WhyNot(Some.Alice, Some.Bob.Id, Some.Now));
        Assert.NotNull(policy.WhyNot(Some.Alice, Some.Alice.Id, Some.Now));
        Assert.NotNull(policy.WhyNot(Some.Alice, null, Some.Now));
    }
}
