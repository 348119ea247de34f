using System.Globalization;
using System.Text;
using CsCheck;
using Ringfence.Access.Contexts;
using Ringfence.Access.Names;
using Ringfence.Access.Release;

namespace Ringfence.Access.Tests.Release;

public sealed class ReleasePolicyTests
{
    private static readonly AccessPolicy Restricted = Some.AContext(Some.ForDeployers);

    /// <summary>Each row denies for one reason at least; together they show all.</summary>
    private static readonly (string Case, ReleaseFacts Facts, PolicyLookup Policy)[] Denied =
    [
        ("no such context", Some.APush(Some.Alice), new PolicyLookup.Missing("depoly")),
        ("a context of another organization", Some.APush(Some.Alice), Of(Restricted with { Organization = Some.Other })),
        ("the variables of another project", Some.APush(Some.Alice) with { Project = Some.Site }, Of(Some.ProjectVariables(Some.ForAll))),
        ("a fork", Some.APush(Some.Alice) with { Fork = ForkState.Fork }, Of(Restricted)),
        ("perhaps a fork", Some.APush(Some.Alice) with { Fork = ForkState.Unknown }, Of(Restricted)),
        ("SSH", Some.APush(Some.Alice) with { IsSshEnabled = true }, Of(Restricted)),
        ("no actor", Some.APush(), Of(Some.AContext(Some.ForAll))),
        ("an actor of whom nothing is known", Some.APush(new ActorFacts()), Of(Restricted)),
        ("an actor without an id", Some.APush(Some.Alice with { Id = null }), Of(Restricted)),
        ("a person behind a webhook", Some.APush(Some.Alice) with { Trigger = TriggerKind.CustomWebhook }, Of(Restricted)),
        ("the system behind a push", Some.APush(ActorFacts.OfSystem(ActorStanding.Started)), Of(Some.AContext(Some.ForAll))),
        ("an unknown trigger", Some.APush(Some.Alice) with { Trigger = TriggerKind.Unknown }, Of(Restricted)),
        ("a suspended actor", Some.APush(Some.Alice with { State = ActorState.Suspended }), Of(Restricted)),
        ("an unregistered user", Some.APush(Some.Mallory), Of(Some.AContext(Some.ForAll))),
        ("no member", Some.APush(Some.Alice with { IsMember = false }), Of(Restricted)),
        ("not signed in", Some.APush(Some.Alice with { Session = SessionState.Missing }), Of(Restricted)),
        ("a viewer", Some.APush(Some.Alice with { Role = Role.Viewer }), Of(Restricted)),
        ("in no group", Some.APush(Some.Bob), Of(Restricted)),
        ("groups read 6 minutes ago", Some.APush(Some.Alice with { GroupsReadAt = Some.Now.AddMinutes(-6) }), Of(Restricted)),
        ("groups that cannot be read", Some.APush(Some.Alice with { GroupsReadAt = null }), Of(Restricted)),
        ("groups read in the future", Some.APush(Some.Alice with { GroupsReadAt = Some.Now.AddMinutes(6) }), Of(Restricted)),
        ("an administrator in no group", Some.APush(Some.Root), Of(Restricted)),
        ("a context without groups", Some.APush(Some.Root), Of(Some.AContext())),
        ("a context without groups, administrators exempt", Exempting(Some.Alice), Of(Some.AContext())),
        ("groups are required", Some.APush(Some.Alice) with { Switches = new OrganizationSwitches { RequiresGroups = true } }, Of(Some.AContext(Some.ForAll))),
        ("the system and a group", ASchedule(ActorFacts.OfSystem(ActorStanding.Started)), Of(Restricted)),
        ("nobody and a group", Some.APush(ActorFacts.OfNobody(ActorStanding.Started)) with { Trigger = TriggerKind.CustomWebhook }, Of(Restricted)),
        ("one of two actors in no group", Some.APush(Some.Alice, Some.Bob with { Standing = ActorStanding.Approved }), Of(Restricted)),
        ("another project", Some.APush(Some.Alice) with { Project = Some.Site }, Of(Some.AContext(Some.ForDeployers, Some.ForApp))),
        ("no project", Some.APush(Some.Alice), Of(Some.AContext(Some.ForDeployers, new Restriction.NoProject(Some.Rule(9))))),
        ("an expression that is false", Some.APush(Some.Alice), Of(Some.AContext(Some.ForAll, Some.When("pipeline.git.branch == \"dev\"")))),
        ("an expression without a value", Some.APush(Some.Alice), Of(Some.AContext(Some.ForAll, Some.When("not (pipeline.git.tag == \"v1\")")))),
        ("an imported expression nobody has confirmed", Some.APush(Some.Alice), Of(Some.AContext(Some.ForAll, Some.When("not pipeline.git.branch != \"main\"")))),
        ("a config policy", Some.APush(Some.Alice) with { PolicyVerdict = PolicyVerdict.HardFailure }, Of(Restricted)),
        ("config policies unknown", Some.APush(Some.Alice) with { PolicyVerdict = PolicyVerdict.Unknown }, Of(Restricted)),
        ("checks that break", Some.APush(Some.Alice) with { Actors = default, Values = null!, Switches = null! }, Of(Some.AContext(Some.ForDeployers, Some.When("pipeline.git.branch == \"main\"")))),
        (
            "everything at once",
            Some.APush(Some.Bob with { State = ActorState.Suspended, Role = Role.Viewer }) with
            {
                Fork = ForkState.Fork, IsSshEnabled = true, Project = Some.Site, PolicyVerdict = PolicyVerdict.HardFailure,
            },
            Of(Some.AContext(Some.ForDeployers, Some.ForApp, Some.When("job.ssh.enabled and pipeline.number == 8", 5), Some.When("not job.ssh.enabled", 6)))),
    ];

    [Fact]
    [Rule("CTX-35", "CTX-53", "EX-12.1")]
    public void Denies_with_the_reasons_and_sentences_of_the_golden_table()
    {
        var table = new StringBuilder();
        foreach (var (name, facts, policy) in Denied)
        {
            table.Append(CultureInfo.InvariantCulture, $"{name}\n");
            foreach (var denial in One(facts, policy).Denials)
                table.Append(CultureInfo.InvariantCulture, $"  {(int)denial.Check} {denial.Code}: {denial.Sentence}\n      {denial.WhoCanChange}\n");
        }

        Golden.Check(table.ToString(), "tests/Ringfence.Access.Tests/Release/Goldens/denials.txt");
    }

    [Fact]
    [Rule("CTX-53")]
    public void The_table_shows_every_reason_and_names_are_stable()
    {
        var shown = Denied.SelectMany(d => One(d.Facts, d.Policy).Denials).Select(d => d.Reason).ToHashSet();

        Assert.Equal(Enum.GetValues<DenialReason>().ToHashSet(), shown);
        string[] published = ["context_group", "context_project", "context_expression", "actor_unknown", "actor_suspended", "sso_required", "fork_without_secrets", "unregistered_user"];
        Assert.Subset(Enum.GetValues<DenialReason>().Select(DenialCodes.Of).ToHashSet(), published.ToHashSet());
    }

    [Fact]
    [Rule("CTX-35")]
    public void Keeps_all_failing_checks_in_the_fixed_order()
    {
        var (_, facts, policy) = Denied[^1];

        Assert.Equal(
            ["fork_without_secrets", "ssh_without_secrets", "actor_suspended", "actor_role", "context_group", "context_project", "context_expression", "context_expression", "config_policy"],
            One(facts, policy).Denials.Select(d => d.Code));
        Assert.Equal(DenialReason.ForkWithoutSecrets, ReleasePolicy.DecideAll(facts, [policy]).First?.Reason);
    }

    [Fact]
    [Rule("CTX-35")]
    public void Evaluates_expressions_in_the_order_in_which_they_were_made()
    {
        var policy = Some.AContext(Some.ForAll, Some.When("pipeline.number == 8", 7), Some.When("pipeline.number == 9", 5), Some.When("pipeline.number == 7", 6));

        Assert.Equal([Some.Rule(7), Some.Rule(5)], ReleasePolicy.Decide(Some.APush(Some.Alice), policy).Denials.Select(d => d.Restriction!.Value));
    }

    [Fact]
    [Rule("CTX-35")]
    public void A_check_that_breaks_denies()
    {
        var decision = ReleasePolicy.Decide(Some.APush() with { Actors = default }, Some.AContext(Some.ForAll));

        Assert.False(decision.IsReleased);
        Assert.All(decision.Denials, d => Assert.Equal(DenialReason.CheckFailed, d.Reason));
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice), Some.AContext() with { Restrictions = default }).IsReleased);
        Assert.False(new ReleaseDecision(default).IsReleased);
    }

    [Fact]
    [Rule("CTX-30")]
    public void All_kinds_have_to_be_met_and_one_of_each_is_enough()
    {
        var policy = Some.AContext(
            new Restriction.Group(Some.Rule(8), Some.Auditors, "auditors"), Some.ForDeployers, new Restriction.Project(Some.Rule(9), Some.Site), Some.ForApp,
            Some.When("pipeline.git.branch == \"main\"", 5), Some.When("not job.ssh.enabled", 6));

        Assert.True(ReleasePolicy.Decide(Some.APush(Some.Alice), policy).IsReleased);
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Bob), policy).IsReleased);
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice) with { Project = new ProjectId(Some.Id(13)) }, policy).IsReleased);
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice) with { IsSshEnabled = true }, policy with { AllowsSsh = true }).IsReleased);
    }

    /// <summary>Whatever else is there, one more restriction never opens anything, but for all members.</summary>
    [Fact]
    [Rule("CTX-30")]
    public void One_more_expression_or_actor_never_opens_anything()
    {
        ActorFacts[] actors = [Some.Alice, Some.Bob, Some.Root, Some.Mallory, ActorFacts.OfSystem(ActorStanding.Started), Some.Alice with { Standing = ActorStanding.Approved }];
        Restriction[] restrictions = [Some.ForAll, Some.ForDeployers, Some.ForApp, new Restriction.NoProject(Some.Rule(9)), Some.When("not job.ssh.enabled", 5)];
        var cases = Gen.Select(
            Gen.OneOf(actors).Array[1, 3], Gen.OneOf(restrictions).Array[0, 4], Gen.OneOf(actors), Gen.Enum<ForkState>(), Gen.Bool, Gen.Bool);

        cases.Sample(
            (some, present, more, fork, passes, ssh) =>
            {
                var facts = Some.APush(some) with { Fork = fork, ForksReceiveSecrets = passes, IsSshEnabled = ssh };
                var policy = Some.AContext(present) with { AllowsSsh = true };
                if (ReleasePolicy.Decide(facts, policy).IsReleased)
                    return;

                Assert.False(ReleasePolicy.Decide(facts, policy with { Restrictions = policy.Restrictions.Add(Some.When("true", 6)) }).IsReleased);
                Assert.False(ReleasePolicy.Decide(facts with { Actors = facts.Actors.Add(more) }, policy).IsReleased);
            },
            iter: 2000, threads: 1);
    }

    [Fact]
    [Rule("CTX-31", "EX-12.2")]
    public void A_nested_group_counts_only_if_it_was_added_itself()
    {
        var nested = new GroupId(Some.Id(23));
        var facts = Some.APush(Some.Bob with { Groups = [nested] });

        Assert.False(ReleasePolicy.Decide(facts, Restricted).IsReleased);
        Assert.True(ReleasePolicy.Decide(facts, Some.AContext(Some.ForDeployers, new Restriction.Group(Some.Rule(9), nested, "night shift"))).IsReleased);
    }

    [Fact]
    [Rule("CTX-12", "CTX-31")]
    public void A_group_of_the_same_name_is_another_group() =>
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice), Some.AContext(Some.ForDeployers with { GroupId = new GroupId(Some.Id(29)) })).IsReleased);

    [Fact]
    [Rule("CTX-12")]
    public void An_id_that_was_left_out_denies()
    {
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice) with { Organization = default }, Some.AContext(Some.ForAll) with { Organization = default }).IsReleased);
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice) with { Project = default }, Some.AContext(Some.ForAll, Some.ForApp with { ProjectId = default })).IsReleased);
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice with { Groups = [default] }), Some.AContext(Some.ForDeployers with { GroupId = default })).IsReleased);
    }

    [Fact]
    [Rule("CTX-6")]
    public void All_members_beside_a_group_leave_the_context_open() =>
        Assert.True(ReleasePolicy.Decide(Some.APush(Some.Bob), Some.AContext(Some.ForDeployers, Some.ForAll)).IsReleased);

    [Fact]
    [Rule("CTX-7")]
    public void Where_groups_are_required_one_group_makes_a_context_usable_by_it_only()
    {
        var facts = Some.APush(Some.Alice) with { Switches = new OrganizationSwitches { RequiresGroups = true, ExemptsAdministrators = true } };

        Assert.False(ReleasePolicy.Decide(facts, Some.AContext(Some.ForAll)).IsReleased);
        Assert.False(ReleasePolicy.Decide(facts with { Actors = [Some.Root] }, Some.AContext()).IsReleased);
        Assert.True(ReleasePolicy.Decide(facts, Restricted).IsReleased);
        Assert.False(ReleasePolicy.Decide(facts with { Actors = [Some.Bob] }, Restricted).IsReleased);
        Assert.True(ReleasePolicy.Decide(facts, Some.ProjectVariables(Some.ForAll)).IsReleased);
    }

    [Fact]
    [Rule("CTX-32")]
    public void Administrators_pass_groups_only_where_the_organization_says_so()
    {
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Root), Restricted).IsReleased);
        Assert.True(ReleasePolicy.Decide(Exempting(Some.Root), Restricted).IsReleased);
        Assert.True(ReleasePolicy.Decide(Exempting(Some.Root), Some.AContext()).IsReleased);
        Assert.False(ReleasePolicy.Decide(Exempting(Some.Root) with { Project = Some.Site }, Some.AContext(Some.ForApp)).IsReleased);
        Assert.False(ReleasePolicy.Decide(Exempting(Some.Root with { State = ActorState.Suspended }), Restricted).IsReleased);
    }

    [Fact]
    [Rule("CTX-34")]
    public void Groups_may_be_five_minutes_old()
    {
        Assert.True(ReleasePolicy.Decide(Some.APush(Some.Alice with { GroupsReadAt = Some.Now.AddMinutes(-5) }), Restricted).IsReleased);
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice with { GroupsReadAt = Some.Now.AddMinutes(-5).AddTicks(-1) }), Restricted).IsReleased);
        Assert.True(ReleasePolicy.Decide(Some.APush(Some.Alice with { GroupsReadAt = null }), Some.AContext(Some.ForAll)).IsReleased);
    }

    [Fact]
    [Rule("EXP-14")]
    public void A_confirmed_expression_means_what_it_means_at_CircleCI()
    {
        const string text = "not pipeline.git.branch != \"main\"";

        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice), Some.AContext(Some.ForAll, Some.When(text))).IsReleased);
        Assert.True(ReleasePolicy.Decide(Some.APush(Some.Alice), Some.AContext(Some.ForAll, Some.When(text, isConfirmed: true))).IsReleased);
    }

    [Fact]
    [Rule("SSH-23")]
    public void A_context_may_allow_SSH() =>
        Assert.True(ReleasePolicy.Decide(Some.APush(Some.Alice) with { IsSshEnabled = true }, Restricted with { AllowsSsh = true }).IsReleased);

    [Fact]
    [Rule("ACT-6")]
    public void A_machine_has_its_own_groups()
    {
        var machine = Some.Alice with { Kind = ActorKind.Machine, Session = SessionState.Missing, Name = "release token" };
        var facts = Some.APush(machine) with { Trigger = TriggerKind.Api };

        Assert.True(ReleasePolicy.Decide(facts, Restricted).IsReleased);
        Assert.False(ReleasePolicy.Decide(facts with { Actors = [machine with { Groups = [] }] }, Restricted).IsReleased);
    }

    [Fact]
    [Rule("CTX-10", "CTX-54")]
    public void A_missing_context_fails_the_job_and_nothing_is_delivered()
    {
        var all = ReleasePolicy.DecideAll(Some.APush(Some.Alice), [Of(Restricted), new PolicyLookup.Missing("depoly")]);

        Assert.Equal(ReleaseOutcome.Failed, all.Outcome);
        Assert.Equal("There is no context 'depoly' in the organization that owns the project.", all.First?.Sentence);
        Assert.Equal([true, false], all.Decisions.Select(d => d.IsReleased));
    }

    [Fact]
    [Rule("CTX-54")]
    public void One_denial_denies_all()
    {
        var open = Of(Some.AContextNamed("open", Some.ForAll));
        var all = ReleasePolicy.DecideAll(Some.APush(Some.Bob), [open, Of(Restricted), open]);

        Assert.Equal(ReleaseOutcome.Unauthorized, all.Outcome);
        Assert.False(all.IsReleased);
        Assert.True(ReleasePolicy.DecideAll(Some.APush(Some.Alice), [open, Of(Restricted), open]).IsReleased);
        Assert.True(ReleasePolicy.DecideAll(Some.APush(Some.Alice), []).IsReleased);
    }

    [Fact]
    [Rule("CTX-10", "CTX-53")]
    public void Names_cannot_be_tried_out()
    {
        var fork = Some.APush(Some.Mallory) with { Fork = ForkState.Fork };

        Assert.Equal(ReleaseOutcome.Unauthorized, ReleasePolicy.DecideAll(fork, [new PolicyLookup.Missing("x")]).Outcome);
        Assert.All(
            Denied.SelectMany(d => One(d.Facts, d.Policy).Denials),
            d => Assert.DoesNotContain("deploy", d.PublicSentence, StringComparison.Ordinal));
        var elsewhere = ReleasePolicy.Decide(Some.APush(Some.Bob), Restricted with { Organization = Some.Other });
        Assert.Equal([DenialReason.ContextMissing], elsewhere.Denials.Select(d => d.Reason));
    }

    [Fact]
    public void A_sentence_stays_on_its_line_whatever_the_names_in_it()
    {
        var actor = Some.Bob with { Name = "bob\u001b[2J\r\n\u202e" + new string('x', 5000) };
        var denials = ReleasePolicy.DecideAll(Some.APush(actor), [Of(Some.AContext(Some.ForDeployers, Some.When("job.ssh.enabled\nand true"))), new PolicyLookup.Missing("a\n\u2028b")])
            .Decisions.SelectMany(d => d.Denials).ToList();

        Assert.Equal(3, denials.Count);
        Assert.All(denials, d => Assert.InRange(d.Sentence.Length, 1, 500));
        Assert.All(denials, d => Assert.DoesNotContain(d.Sentence + d.WhoCanChange, c => char.IsControl(c) || c is '\u202e' or '\u2028'));
    }

    private static PolicyLookup.Found Of(AccessPolicy policy) => new(policy);

    private static ReleaseDecision One(ReleaseFacts facts, PolicyLookup policy) => ReleasePolicy.DecideAll(facts, [policy]).Decisions[0];

    private static ReleaseFacts Exempting(ActorFacts actor) => Some.APush(actor) with { Switches = new OrganizationSwitches { ExemptsAdministrators = true } };

    private static ReleaseFacts ASchedule(ActorFacts actor) => Some.APush(actor) with { Trigger = TriggerKind.Schedule };
}
