using Ringfence.Access.Fences;
using Ringfence.Access.Names;
using Ringfence.Access.Variables;
using Ringfence.Primitives;

namespace Ringfence.Access.Tests.Fences;

public sealed class FencePolicyTests
{
    private static readonly VariableName Token = Some.Variable("NPM_TOKEN");
    private static readonly VariableName Key = Some.Variable("AWS_KEY");

    private static readonly StepIdentity Install = new()
    {
        Job = "release", Index = 0, Kind = "run", Name = "Install", Origin = new StepOrigin.Config(), Content = Digest.Of("npm ci"u8),
    };

    private static readonly StepIdentity Publish = Install with { Index = 1, Name = "Publish", Command = "publish", Content = Digest.Of("npm publish"u8) };

    private static readonly StepIdentity OfOrb = Install with { Index = 2, Name = "Notify", Origin = new StepOrigin.Orb("acme/slack@4.1.0") };

    [Fact]
    [Rule("ENV-7")]
    public void Without_a_fence_the_whole_job_has_a_variable() =>
        Assert.All([Install, Publish, OfOrb], step => Assert.True(FencePolicy.Compatible.IsVisible(Token, step)));

    [Fact]
    [Rule("ENV-7")]
    public void A_fence_limits_a_variable_to_the_named_step_and_leaves_others_alone()
    {
        var policy = new FencePolicy { Fences = [new StepFence(Token, [new FenceRule.Step("release", "Publish", null)])] };

        Assert.True(policy.IsVisible(Token, Publish));
        Assert.False(policy.IsVisible(Token, Install));
        Assert.False(policy.IsVisible(Token, Publish with { Job = "test" }));
        Assert.True(policy.IsVisible(Key, Install));
    }

    [Fact]
    [Rule("ENV-7")]
    public void A_pinned_fence_does_not_admit_another_step_of_the_same_name()
    {
        var policy = new FencePolicy { Fences = [new StepFence(Token, [new FenceRule.Step("release", "Publish", Publish.Content)])] };

        Assert.True(policy.IsVisible(Token, Publish));
        Assert.False(policy.IsVisible(Token, Publish with { Content = Digest.Of("curl evil"u8) }));
    }

    [Fact]
    [Rule("ENV-7")]
    public void Commands_and_orbs_can_be_admitted()
    {
        Assert.True(Allows(new FenceRule.Command("publish"), Publish));
        Assert.False(Allows(new FenceRule.Command("publish"), Install));
        Assert.False(Allows(new FenceRule.Command(""), Install));
        Assert.True(Allows(new FenceRule.Orb("acme/slack"), OfOrb));
        Assert.True(Allows(new FenceRule.Orb("acme/slack@4.1.0"), OfOrb));
        Assert.False(Allows(new FenceRule.Orb("acme/slack@4.1.1"), OfOrb));
        Assert.False(Allows(new FenceRule.Orb("acme/slac"), OfOrb));
        Assert.False(Allows(new FenceRule.Orb("acme/slack"), Install));
    }

    [Fact]
    [Rule("ENV-7")]
    public void Of_several_fences_each_has_to_admit_and_one_without_rules_admits_nothing()
    {
        var wide = new StepFence(Token, [new FenceRule.Command("publish"), new FenceRule.Step("release", "Install", null)]);
        var narrow = new StepFence(Token, [new FenceRule.Step("release", "Publish", null)]);

        Assert.True(new FencePolicy { Fences = [wide, narrow] }.IsVisible(Token, Publish));
        Assert.False(new FencePolicy { Fences = [wide, narrow] }.IsVisible(Token, Install));
        Assert.False(new FencePolicy { Fences = [new StepFence(Token, [])] }.IsVisible(Token, Publish));
        Assert.False(new FencePolicy { Fences = [new StepFence(Token, default)] }.IsVisible(Token, Publish));
    }

    [Fact]
    [Rule("INC-22")]
    public void Where_only_own_steps_have_them_steps_of_others_have_nothing_until_a_fence_admits_them()
    {
        var policy = FencePolicy.OwnStepsOnly;

        Assert.True(policy.IsVisible(Token, Install));
        Assert.False(policy.IsVisible(Token, OfOrb));
        Assert.False(policy.IsVisible(Token, Install with { Origin = new StepOrigin.Unknown() }));
        var admitting = policy with { Fences = [new StepFence(Token, [new FenceRule.Orb("acme/slack")])] };
        Assert.True(admitting.IsVisible(Token, OfOrb));
        Assert.False(admitting.IsVisible(Key, OfOrb));
        Assert.False(admitting.IsVisible(Token, Install));
    }

    [Fact]
    public void A_step_gets_what_is_visible_to_it()
    {
        var source = new VariableSource(Some.ProjectVariables().Owner, [Entry(Token), Entry(Key)]);
        var policy = new FencePolicy { Fences = [new StepFence(Token, [new FenceRule.Command("publish")])] };

        var variables = VariableSet.Combine(source, []);

        Assert.Equal([Key], policy.VisibleTo(Install, variables).Select(v => v.Name));
        Assert.Equal([Key, Token], policy.VisibleTo(Publish, variables).Select(v => v.Name));
    }

    private static VariableEntry Entry(VariableName name) => new(name, new VersionId(Some.Id(1)), HasOverride: false);

    private static bool Allows(FenceRule rule, StepIdentity step) => new FencePolicy { Fences = [new StepFence(Token, [rule])] }.IsVisible(Token, step);
}
