using Ringfence.Access.Contexts;
using Ringfence.Access.Names;
using Ringfence.Access.Release;

namespace Ringfence.Access.Tests.Contexts;

public sealed class PolicyEditorTests
{
    [Fact]
    [Rule("CTX-6")]
    public void A_new_context_is_open_to_all_members() =>
        Assert.IsType<Restriction.AllMembers>(Assert.Single(New(new OrganizationSwitches()).Restrictions));

    [Fact]
    [Rule("CTX-7")]
    public void A_new_context_is_open_to_nobody_where_groups_are_required() => Assert.Empty(New(new OrganizationSwitches { RequiresGroups = true }).Restrictions);

    [Fact]
    [Rule("CTX-6")]
    public void The_first_group_takes_the_place_of_all_members()
    {
        var changed = Changed(PolicyEditor.Add(Some.AContext(Some.ForAll, Some.ForApp), Some.ForDeployers, Role.Administrator, isConfirmed: false));

        Assert.Equal([Some.ForApp, Some.ForDeployers], changed.Policy.Restrictions);
        Assert.Equal("The group 'deployers' may now use the context 'deploy', and no longer all members.", changed.Sentence);
    }

    [Fact]
    [Rule("CTX-6")]
    public void All_members_beside_groups_need_a_confirmation()
    {
        var policy = Some.AContext(Some.ForDeployers);

        Assert.IsType<PolicyChange.NeedsConfirmation>(PolicyEditor.Add(policy, Some.ForAll, Role.Administrator, isConfirmed: false));
        var changed = Changed(PolicyEditor.Add(policy, Some.ForAll, Role.Administrator, isConfirmed: true));
        Assert.True(changed.IsHighSeverity);
        Assert.True(changed.Policy.IsOpenToAllMembers);
    }

    [Fact]
    [Rule("CTX-33")]
    public void Removing_the_last_project_needs_a_confirmation_and_stands_out()
    {
        var other = new Restriction.Project(Some.Rule(9), Some.Site);
        var two = Some.AContext(Some.ForAll, Some.ForApp, other);

        var one = Changed(PolicyEditor.Remove(two, other.Id, Role.Administrator, isConfirmed: false));
        Assert.False(one.IsHighSeverity);

        var asked = Assert.IsType<PolicyChange.NeedsConfirmation>(PolicyEditor.Remove(one.Policy, Some.ForApp.Id, Role.Administrator, isConfirmed: false));
        Assert.StartsWith("Every project of the organization may use the context 'deploy'", Assert.Single(asked.Sentences), StringComparison.Ordinal);
        Assert.True(Changed(PolicyEditor.Remove(one.Policy, Some.ForApp.Id, Role.Administrator, isConfirmed: true)).IsHighSeverity);
    }

    [Theory]
    [Rule("SSH-23", "FORK-2")]
    [InlineData(Allowance.Ssh, "Jobs with SSH get the project's own secrets from now on.")]
    [InlineData(Allowance.Forks, "Jobs with the code of forks get secrets of the project and its contexts from now on.")]
    public void What_is_denied_by_default_is_allowed_on_purpose_only(Allowance allowance, string says)
    {
        var policy = Some.ProjectVariables(Some.ForAll);
        Assert.False(policy.Allows(allowance));

        Assert.IsType<PolicyChange.NeedsConfirmation>(PolicyEditor.Allow(policy, allowance, isAllowed: true, Role.Administrator, isConfirmed: false));
        var changed = Changed(PolicyEditor.Allow(policy, allowance, isAllowed: true, Role.Administrator, isConfirmed: true));
        Assert.True(changed.IsHighSeverity);
        Assert.Equal(says, changed.Sentence);
        Assert.True(changed.Policy.Allows(allowance));
        Assert.Equal(policy, changed.Policy with { AllowsSsh = false, AllowsForks = false });
        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Allow(changed.Policy, allowance, isAllowed: true, Role.Administrator, isConfirmed: true));

        // To narrow it nobody has to be asked.
        var narrowed = Changed(PolicyEditor.Allow(changed.Policy, allowance, isAllowed: false, Role.Administrator, isConfirmed: false));
        Assert.False(narrowed.IsHighSeverity);
        Assert.Equal(policy, narrowed.Policy);
    }

    [Fact]
    [Rule("SSH-23", "FORK-2")]
    public void Only_administrators_allow_and_forks_for_projects_only()
    {
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Administrator))
            Assert.IsType<PolicyChange.Refused>(PolicyEditor.Allow(Some.ProjectVariables(Some.ForAll), Allowance.Ssh, isAllowed: true, role, isConfirmed: true));
        Assert.Equal("Jobs with SSH get the secrets of the context 'deploy' from now on.", Changed(PolicyEditor.Allow(Some.AContext(Some.ForAll), Allowance.Ssh, isAllowed: true, Role.Administrator, isConfirmed: true)).Sentence);
        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Allow(Some.AContext(Some.ForAll), Allowance.Forks, isAllowed: true, Role.Administrator, isConfirmed: true));
    }

    [Fact]
    [Rule("CTX-33")]
    public void No_project_can_be_said()
    {
        var none = new Restriction.NoProject(Some.Rule(9));

        var closed = Changed(PolicyEditor.Add(Some.AContext(Some.ForAll, Some.ForApp), none, Role.Administrator, isConfirmed: false)).Policy;
        Assert.Equal([Some.ForAll, none], closed.Restrictions);
        Assert.IsType<PolicyChange.NeedsConfirmation>(PolicyEditor.Remove(closed, none.Id, Role.Administrator, isConfirmed: false));
        Assert.Equal([Some.ForAll, Some.ForApp], Changed(PolicyEditor.Add(closed, Some.ForApp, Role.Administrator, isConfirmed: false)).Policy.Restrictions);
    }

    [Fact]
    public void Removing_the_last_expression_needs_a_confirmation()
    {
        var policy = Some.AContext(Some.ForAll, Some.When("not job.ssh.enabled"));

        Assert.IsType<PolicyChange.NeedsConfirmation>(PolicyEditor.Remove(policy, Some.Rule(4), Role.Administrator, isConfirmed: false));
        Assert.Equal([Some.ForAll], Changed(PolicyEditor.Remove(policy, Some.Rule(4), Role.Administrator, isConfirmed: true)).Policy.Restrictions);
    }

    [Fact]
    [Rule("CTX-32")]
    public void Removing_the_last_group_leaves_administrators() =>
        Assert.Equal(
            "Only administrators may use the context 'deploy' now.",
            Changed(PolicyEditor.Remove(Some.AContext(Some.ForDeployers), Some.ForDeployers.Id, Role.Administrator, isConfirmed: false)).Sentence);

    [Theory]
    [Rule("CTX-5")]
    [InlineData(Role.None)]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Contributor)]
    public void Only_administrators_change_restrictions(Role role)
    {
        var policy = Some.AContext(Some.ForAll);

        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Add(policy, Some.ForDeployers, role, isConfirmed: true));
        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Remove(policy, Some.ForAll.Id, role, isConfirmed: true));
    }

    [Fact]
    [Rule("EXP-8", "EXP-10")]
    public void An_expression_is_checked_before_it_is_stored()
    {
        var refused = Assert.IsType<PolicyChange.Refused>(
            PolicyEditor.Add(Some.AContext(Some.ForAll), Some.When("pipeline.git.branch"), Role.Administrator, isConfirmed: true));

        Assert.StartsWith("1:1: the expression is no truth value", Assert.Single(refused.Sentences), StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EXP-13")]
    public void A_warning_about_an_expression_is_acknowledged_first()
    {
        var expression = Some.When("pipeline.git.branch starts-with \"main\"");

        Assert.IsType<PolicyChange.NeedsConfirmation>(PolicyEditor.Add(Some.AContext(Some.ForAll), expression, Role.Administrator, isConfirmed: false));
        Assert.Contains(expression, Changed(PolicyEditor.Add(Some.AContext(Some.ForAll), expression, Role.Administrator, isConfirmed: true)).Policy.Restrictions);
    }

    [Fact]
    [Rule("EXP-14")]
    public void An_imported_expression_that_is_refused_is_kept_and_denies_until_it_is_confirmed()
    {
        var expression = Some.When("not pipeline.git.branch != \"main\"", isConfirmed: true);

        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Import(Some.AContext(Some.ForAll), expression, Role.Contributor));
        var imported = Changed(PolicyEditor.Import(Some.AContext(Some.ForAll), expression, Role.Administrator)).Policy;
        Assert.False(ReleasePolicy.Decide(Some.APush(Some.Alice), imported).IsReleased);

        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Confirm(imported, expression.Id, Role.Contributor, isConfirmed: true));
        var asked = Assert.IsType<PolicyChange.NeedsConfirmation>(PolicyEditor.Confirm(imported, expression.Id, Role.Administrator, isConfirmed: false));
        Assert.Equal(3, asked.Sentences.Length);
        var confirmed = Changed(PolicyEditor.Confirm(imported, expression.Id, Role.Administrator, isConfirmed: true));
        Assert.True(confirmed.IsHighSeverity);
        Assert.True(ReleasePolicy.Decide(Some.APush(Some.Alice), confirmed.Policy).IsReleased);
    }

    [Fact]
    [Rule("EXP-14")]
    public void An_imported_expression_that_is_accepted_is_like_any_other()
    {
        var imported = Changed(PolicyEditor.Import(Some.AContext(Some.ForAll), Some.When("pipeline.git.branch == \"main\""), Role.Administrator));

        Assert.True(ReleasePolicy.Decide(Some.APush(Some.Alice), imported.Policy).IsReleased);
        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Import(imported.Policy, Some.When("pipeline.git.branch == \"main\"", 9), Role.Administrator));
    }

    [Fact]
    public void Says_so_when_there_is_nothing_to_do()
    {
        var policy = Some.AContext(Some.ForAll);

        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Add(policy, Some.ForAll, Role.Administrator, isConfirmed: true));
        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Remove(policy, Some.Rule(99), Role.Administrator, isConfirmed: true));
        var full = Some.AContext([.. Enumerable.Range(1, AccessLimits.RestrictionsPerPolicy).Select(i => new Restriction.Project(Some.Rule(1000 + i), new ProjectId(Some.Id(1000 + i))))]);
        Assert.IsType<PolicyChange.Refused>(PolicyEditor.Add(full, Some.ForApp, Role.Administrator, isConfirmed: true));
    }

    private static AccessPolicy New(OrganizationSwitches switches) => AccessPolicy.New(Some.AContext().Owner, Some.Acme, Some.Rule(1), switches);

    private static PolicyChange.Changed Changed(PolicyChange change) => Assert.IsType<PolicyChange.Changed>(change);
}
