using Ringfence.Access.Contexts;
using Ringfence.Access.Names;
using Ringfence.Access.Release;
using Ringfence.Config.Expressions;
using Ringfence.Config.Values;

namespace Ringfence.Access.Tests;

/// <summary>An organization with a project, two groups and a few people; what a test does not say is harmless.</summary>
internal static class Some
{
    public static OrganizationId Acme { get; } = new(Id(1));

    public static OrganizationId Other { get; } = new(Id(2));

    public static ProjectId App { get; } = new(Id(11));

    public static ProjectId Site { get; } = new(Id(12));

    public static GroupId Deployers { get; } = new(Id(21));

    public static GroupId Auditors { get; } = new(Id(22));

    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static RestrictionId Rule(int number) => new(Id(100 + number));

    public static Restriction.Group ForDeployers { get; } = new(Rule(1), Deployers, "deployers");

    public static Restriction.AllMembers ForAll { get; } = new(Rule(2));

    public static Restriction.Project ForApp { get; } = new(Rule(3), App);

    public static Restriction.Expression When(string text, int number = 4, bool isConfirmed = false) => new(Rule(number), text, isConfirmed);

    public static AccessPolicy AContext(params Restriction[] restrictions) => AContextNamed("deploy", restrictions);

    public static AccessPolicy AContextNamed(string name, params Restriction[] restrictions) => new()
    {
        Owner = new SecretOwner.Context(new ContextId(Id(31)), ContextName.TryParse(name, out var parsed, out _) ? parsed : throw new ArgumentException(name)),
        Organization = Acme,
        Restrictions = [.. restrictions],
    };

    public static AccessPolicy ProjectVariables(params Restriction[] restrictions) => new()
    {
        Owner = new SecretOwner.Project(App),
        Organization = Acme,
        Restrictions = [.. restrictions],
    };

    /// <summary>A contributor in the group of deployers, unless said otherwise.</summary>
    public static ActorFacts Alice { get; } = new()
    {
        Id = new ActorId(Id(41)),
        Name = "alice",
        Kind = ActorKind.Person,
        State = ActorState.Active,
        Standing = ActorStanding.Started,
        IsMember = true,
        Role = Role.Contributor,
        Session = SessionState.NotRequired,
        Groups = [Deployers],
        GroupsReadAt = Now,
    };

    /// <summary>A contributor in no group.</summary>
    public static ActorFacts Bob { get; } = Alice with { Id = new ActorId(Id(42)), Name = "bob", Groups = [] };

    /// <summary>An administrator in no group.</summary>
    public static ActorFacts Root { get; } = Bob with { Id = new ActorId(Id(43)), Name = "root", Role = Role.Administrator };

    /// <summary>A user of the forge who is no member.</summary>
    public static ActorFacts Mallory { get; } = new()
    {
        Name = "mallory",
        Kind = ActorKind.Person,
        State = ActorState.Unregistered,
        Standing = ActorStanding.Started,
    };

    /// <summary>A push of the branch main that may have everything.</summary>
    public static ReleaseFacts APush(params ActorFacts[] actors) => new()
    {
        Organization = Acme,
        Project = App,
        Actors = [.. actors],
        Trigger = TriggerKind.Forge,
        Fork = ForkState.Own,
        IsSshEnabled = false,
        Values = Main,
        ConfigOrigin = ConfigOrigin.Vcs,
        PolicyVerdict = PolicyVerdict.None,
        Switches = new OrganizationSwitches(),
        Now = Now,
        Attempt = 1,
    };

    public static PipelineValues Main { get; } = PipelineValues.Empty
        .With("pipeline.git.branch", ExpressionValue.String("main"))
        .With("pipeline.number", ExpressionValue.Integer(7));

    public static VariableName Variable(string name) => VariableName.TryParse(name, out var parsed, out var whyNot) ? parsed : throw new ArgumentException(whyNot);
}
