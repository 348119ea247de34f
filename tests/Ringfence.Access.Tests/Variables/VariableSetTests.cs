using Ringfence.Access.Names;
using Ringfence.Access.Variables;

namespace Ringfence.Access.Tests.Variables;

public sealed class VariableSetTests
{
    private static readonly VariableSource Project = new(Some.ProjectVariables().Owner, [Entry("A", 1), Entry("B", 2)]);

    [Fact]
    [Rule("CTX-20")]
    public void A_later_context_overrides_an_earlier_one()
    {
        var (first, second) = (AContext("first", Entry("A", 3), Entry("C", 4)), AContext("second", Entry("A", 5)));

        var set = VariableSet.Combine(null, [first, second]);

        Assert.Equal(["A", "C"], set.Variables.Select(v => v.Name.Text));
        Assert.Equal(new VersionId(Some.Id(5)), set.Find(Some.Variable("A"))!.Version);
        Assert.Equal([first.Owner], set.Find(Some.Variable("A"))!.Overridden);
        Assert.Equal(new VersionId(Some.Id(3)), VariableSet.Combine(null, [second, first]).Find(Some.Variable("A"))!.Version);
    }

    [Fact]
    [Rule("CTX-21")]
    public void Contexts_override_the_variables_of_the_project()
    {
        var set = VariableSet.Combine(Project, [AContext("deploy", Entry("A", 3))]);

        Assert.Equal(new VersionId(Some.Id(3)), set.Find(Some.Variable("A"))!.Version);
        Assert.Equal([Project.Owner], set.Find(Some.Variable("A"))!.Overridden);
        Assert.Equal(new VersionId(Some.Id(2)), set.Find(Some.Variable("B"))!.Version);
    }

    [Fact]
    [Rule("CTX-21")]
    public void Each_place_beats_the_next_weaker_one()
    {
        var a = Some.Variable("A");
        var set = VariableSet.Combine(Project, [AContext("deploy", Entry("A", 3))]);
        HashSet<string> has = ["A"], none = [];

        Assert.Equal(VariableOrigin.Step, set.OriginOf(a, has, has, has));
        Assert.Equal(VariableOrigin.Job, set.OriginOf(a, has, has, none));
        Assert.Equal(VariableOrigin.BuiltIn, set.OriginOf(a, has, none, none));
        Assert.Equal(VariableOrigin.Context, set.OriginOf(a, none, none, none));
        Assert.Equal(VariableOrigin.Project, VariableSet.Combine(Project, []).OriginOf(a, none, none, none));
        Assert.Equal(VariableOrigin.Unset, VariableSet.Combine(null, []).OriginOf(a, none, none, none));
    }

    [Fact]
    [Rule("CTX-22")]
    public void A_guarded_name_is_withheld_without_an_override()
    {
        var set = VariableSet.Combine(null, [AContext("deploy", Entry("PATH", 1), Entry("CIRCLE_TOKEN", 2), new VariableEntry(Some.Variable("BASH_ENV"), new VersionId(Some.Id(3)), HasOverride: true))]);

        Assert.Equal(["BASH_ENV"], set.Variables.Select(v => v.Name.Text));
        Assert.Equal(["PATH", "CIRCLE_TOKEN"], set.Withheld.Select(v => v.Name.Text));
    }

    [Fact]
    [Rule("CTX-22")]
    public void A_withheld_name_does_not_hide_an_allowed_one()
    {
        var allowed = new VariableEntry(Some.Variable("PATH"), new VersionId(Some.Id(1)), HasOverride: true);

        Assert.Equal(new VersionId(Some.Id(1)), Assert.Single(VariableSet.Combine(null, [AContext("one", allowed), AContext("two", Entry("PATH", 2))]).Variables).Version);
    }

    private static VariableEntry Entry(string name, int version) => new(Some.Variable(name), new VersionId(Some.Id(version)), HasOverride: false);

    private static VariableSource AContext(string name, params VariableEntry[] entries) => new(Some.AContextNamed(name).Owner, [.. entries]);
}
