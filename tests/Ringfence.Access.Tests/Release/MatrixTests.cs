using Ringfence.Access.Contexts;
using Ringfence.Access.Release;

namespace Ringfence.Access.Tests.Release;

/// <summary>The 22 situations of the context matrix, as far as a decision shows them. T19 and T22 are about what the planner and the keep do with one, and so is half of T21.</summary>
public sealed class MatrixTests
{
    private static readonly AccessPolicy Restricted = Some.AContext(Some.ForDeployers);
    private static readonly AccessPolicy Open = Some.AContext(Some.ForAll);

    [Fact]
    [Rule("CTX-31")]
    public void T1_a_member_of_the_group_pushes() => Released(Some.APush(Some.Alice), Restricted);

    [Fact]
    [Rule("CTX-31", "CTX-50")]
    public void T2_a_non_member_pushes() => Denied(Some.APush(Some.Bob), Restricted, DenialReason.ContextGroup);

    [Fact]
    [Rule("ACT-4")]
    public void T3_a_member_reruns_what_a_non_member_pushed() =>
        Released(By(Some.Alice, new RunCause.ManualRerun(Some.Alice.Id!.Value), TriggerKind.Forge), Restricted);

    [Fact]
    [Rule("ACT-4")]
    public void T4_a_non_member_reruns_what_a_member_pushed() =>
        Denied(By(Some.Bob, new RunCause.ManualRerun(Some.Bob.Id!.Value), TriggerKind.Forge), Restricted, DenialReason.ContextGroup);

    [Fact]
    [Rule("ACT-4")]
    public void T5_an_automatic_rerun_keeps_the_actor()
    {
        var original = new RunCause.ForgeEvent(Some.Alice.Id);

        Assert.Equal(Starter.Of(original), Starter.Of(new RunCause.AutomaticRerun(new RunCause.AutomaticRerun(original))));
        Released(By(Some.Alice, new RunCause.AutomaticRerun(original)), Restricted);
    }

    [Fact]
    [Rule("ACT-2")]
    public void T6_a_member_approves_what_a_non_member_pushed() => Released(Some.APush(Some.Alice with { Standing = ActorStanding.Approved }), Restricted);

    [Fact]
    [Rule("ACT-2")]
    public void T7_a_non_member_approves_what_a_member_pushed() =>
        Denied(Some.APush(Some.Bob with { Standing = ActorStanding.Approved }), Restricted, DenialReason.ContextGroup);

    [Fact]
    [Rule("ACT-5")]
    public void T8_a_schedule_of_the_system()
    {
        var facts = By(ActorFacts.OfSystem(ActorStanding.Started), new RunCause.Schedule(null));

        Denied(facts, Restricted, DenialReason.ContextGroup);
        Released(facts, Some.AContext(Some.ForAll, Some.ForApp, Some.When("pipeline.git.branch == \"main\"")));
        Denied(facts, Some.AContext(Some.ForAll, Some.When("pipeline.git.branch == \"dev\"")), DenialReason.ContextExpression);
        Denied(facts with { Project = Some.Site }, Some.AContext(Some.ForAll, Some.ForApp), DenialReason.ContextProject);
    }

    [Fact]
    [Rule("ACT-5", "ACT-10")]
    public void T9_a_schedule_of_a_person()
    {
        var facts = By(Some.Alice, new RunCause.Schedule(Some.Alice.Id));

        Released(facts, Restricted);
        Denied(facts with { Actors = [Some.Alice with { IsMember = false }] }, Open, DenialReason.ActorNotMember);
        Denied(facts with { Actors = [Some.Alice with { State = ActorState.Suspended }] }, Open, DenialReason.ActorSuspended);
    }

    [Fact]
    [Rule("CTX-31")]
    public void T10_a_schedule_inside_the_config() =>
        Denied(By(ActorFacts.OfNobody(ActorStanding.Started), new RunCause.InlineSchedule()), Restricted, DenialReason.ContextGroup);

    [Fact]
    [Rule("ACT-6")]
    public void T11_a_request_with_a_token()
    {
        Released(By(Some.Alice, new RunCause.ApiRequest(Some.Alice.Id!.Value, IsMachine: false)), Restricted);
        Denied(By(Some.Bob, new RunCause.ApiRequest(Some.Bob.Id!.Value, IsMachine: false)), Restricted, DenialReason.ContextGroup);
    }

    [Fact]
    [Rule("ACT-7", "CTX-31")]
    public void T12_a_custom_webhook()
    {
        var facts = By(ActorFacts.OfNobody(ActorStanding.Started), new RunCause.CustomWebhook());

        Denied(facts, Restricted, DenialReason.ContextGroup);
        Released(facts, Open);
    }

    [Theory]
    [Rule("FORK-2", "FORK-11")]
    [InlineData(ForkState.Fork)]
    [InlineData(ForkState.Unknown)]
    public void T13_a_fork_without_secrets(ForkState fork)
    {
        foreach (var actor in new[] { Some.Alice, Some.Root, Some.Mallory })
        {
            var facts = Some.APush(actor) with { Fork = fork, Switches = new OrganizationSwitches { ExemptsAdministrators = true } };
            Denied(facts, Restricted, DenialReason.ForkWithoutSecrets);
            Denied(facts, Open, DenialReason.ForkWithoutSecrets);
            Denied(facts, Some.ProjectVariables(Some.ForAll), DenialReason.ForkWithoutSecrets);
        }
    }

    [Fact]
    [Rule("FORK-2", "ACT-1")]
    public void T14_a_fork_with_secrets_of_an_outsider()
    {
        foreach (var outsider in new[] { Some.Mallory, Some.Bob with { IsMember = false, Groups = [Some.Deployers] } })
        {
            var facts = Some.APush(outsider) with { Fork = ForkState.Fork, ForksReceiveSecrets = true };
            Denied(facts, Restricted, DenialReason.ContextGroup);
            Denied(facts, Some.AContext(), DenialReason.ContextGroup);
            Released(facts, Open);
            Released(facts, Some.ProjectVariables(Some.ForAll));
            Denied(facts, Some.AContext(Some.ForAll, Some.When("pipeline.git.branch == \"main\"")), DenialReason.ContextExpression);
        }
    }

    [Fact]
    [Rule("CTX-33")]
    public void T15_a_context_of_another_project() =>
        Denied(Some.APush(Some.Alice) with { Project = Some.Site }, Some.AContext(Some.ForAll, Some.ForApp), DenialReason.ContextProject);

    [Fact]
    [Rule("EXP-4")]
    public void T16_an_expression_without_a_value() =>
        Denied(Some.APush(Some.Alice), Some.AContext(Some.ForAll, Some.When("pipeline.git.tag == \"v1\"")), DenialReason.ContextExpression);

    [Fact]
    [Rule("SSH-22", "EXP-3")]
    public void T17_a_rerun_with_SSH()
    {
        var policy = Some.AContext(Some.ForDeployers, Some.When("not job.ssh.enabled")) with { AllowsSsh = true };

        Denied(Some.APush(Some.Alice) with { IsSshEnabled = true }, policy, DenialReason.ContextExpression);
        Released(Some.APush(Some.Alice), policy);
    }

    [Theory]
    [Rule("EXP-11")]
    [InlineData(ConfigOrigin.Vcs, true)]
    [InlineData(ConfigOrigin.Api, false)]
    [InlineData(ConfigOrigin.Unknown, false)]
    public void T18_a_config_that_came_with_the_request(ConfigOrigin origin, bool isReleased)
    {
        var facts = Some.APush(Some.Alice) with { ConfigOrigin = origin };

        Assert.Equal(isReleased, ReleasePolicy.Decide(facts, Some.AContext(Some.ForAll, Some.When("not (pipeline.config_source starts-with \"api\")"))).IsReleased);
    }

    [Fact]
    [Rule("ACT-8")]
    public void T20_a_continuation_is_checked_with_the_actor_of_its_setup()
    {
        var cause = new RunCause.Continuation(new RunCause.ForgeEvent(Some.Bob.Id));

        Assert.Equal(Some.Bob.Id, Starter.Of(cause).Id);
        Denied(By(Some.Bob, cause), Restricted, DenialReason.ContextGroup);
    }

    [Fact]
    [Rule("CTX-36")]
    public void T21_a_group_is_lost_between_two_decisions()
    {
        var scheduled = Some.APush(Some.Alice);

        Released(scheduled, Restricted);
        Denied(scheduled with { Actors = [Some.Alice with { Groups = [] }], Now = Some.Now.AddSeconds(30) }, Restricted, DenialReason.ContextGroup);
    }

    [Fact]
    [Rule("ACT-1")]
    public void An_unlinked_user_of_the_forge_is_nobody_to_a_restricted_context()
    {
        Assert.Null(Starter.Of(new RunCause.ForgeEvent(null)).Id);
        Denied(Some.APush(Some.Mallory), Restricted, DenialReason.UnregisteredUser);
    }

    [Fact]
    [Rule("ENV-2")]
    public void Variables_of_a_project_take_the_same_restrictions()
    {
        Released(Some.APush(Some.Alice), Some.ProjectVariables(Some.ForDeployers, Some.When("pipeline.git.branch == \"main\"")));
        Denied(Some.APush(Some.Bob), Some.ProjectVariables(Some.ForDeployers), DenialReason.ContextGroup);
        Denied(Some.APush(Some.Alice), Some.ProjectVariables(Some.ForAll, Some.When("pipeline.git.branch == \"dev\"")), DenialReason.ContextExpression);
    }

    private static ReleaseFacts By(ActorFacts actor, RunCause cause, TriggerKind? earlier = null)
    {
        var starter = Starter.Of(cause);
        Assert.Equal((actor.Id, actor.Kind), (starter.Id, starter.Kind));
        return Some.APush(actor with { Standing = starter.Standing }) with { Trigger = starter.Trigger ?? earlier ?? TriggerKind.Unknown };
    }

    private static void Released(ReleaseFacts facts, AccessPolicy policy) => Assert.Empty(ReleasePolicy.Decide(facts, policy).Denials);

    private static void Denied(ReleaseFacts facts, AccessPolicy policy, DenialReason first)
    {
        var decision = ReleasePolicy.Decide(facts, policy);
        Assert.False(decision.IsReleased);
        Assert.Equal(first, decision.Denials[0].Reason);
        Assert.Equal(ReleaseOutcome.Unauthorized, ReleasePolicy.DecideAll(facts, [new PolicyLookup.Found(policy)]).Outcome);
    }
}
