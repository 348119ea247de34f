namespace Ringfence.Primitives.Tests;

public sealed class DiagnosticBagTests
{
    private static readonly SourceText First = new("a.yml", "one\ntwo\n");
    private static readonly SourceText Second = new("b.yml", "three\n");
    private static readonly DiagnosticCode Refused = new("RF0001", DiagnosticSeverity.Error, "Refused");
    private static readonly DiagnosticCode Doubtful = new("RF0002", DiagnosticSeverity.Warning, "Doubtful");

    [Fact]
    public void Keeps_everything_in_the_order_of_the_text()
    {
        var bag = new DiagnosticBag();
        bag.Add(At(Second, 0, "c"));
        bag.Add(At(First, 4, "b"));
        bag.Add(At(First, 0, "a"));

        Assert.Equal(["a", "b", "c"], bag.ToImmutable().Select(d => d.Message));
    }

    [Fact]
    public void Keeps_the_order_of_finding_at_the_same_place()
    {
        var bag = new DiagnosticBag();
        bag.Add(At(First, 0, "first"));
        bag.Add(At(First, 0, "second"));

        Assert.Equal(["first", "second"], bag.ToImmutable().Select(d => d.Message));
    }

    [Fact]
    public void Says_the_same_thing_once()
    {
        var bag = new DiagnosticBag();
        bag.Add(At(First, 0, "a"));
        bag.Add(At(First, 0, "a"));

        Assert.Single(bag.ToImmutable());
        Assert.Equal(0, bag.LeftOut);
    }

    [Fact]
    public void Counts_what_is_over_the_limit()
    {
        var bag = new DiagnosticBag(limit: 2);
        for (var i = 0; i < 5; i++)
            bag.Add(At(First, i, "a"));

        Assert.Equal(2, bag.ToImmutable().Length);
        Assert.Equal(3, bag.LeftOut);
    }

    [Fact]
    public void Knows_of_errors_beyond_the_limit()
    {
        var bag = new DiagnosticBag(limit: 1);
        bag.Add(new Diagnostic(Doubtful, new SourceSpan(First, 0, 1), "a"));
        Assert.False(bag.HasErrors);

        bag.Add(At(First, 1, "b"));

        Assert.True(bag.HasErrors);
        Assert.Single(bag.ToImmutable());
    }

    [Fact]
    public void Shows_a_diagnostic_in_one_line()
    {
        Assert.Equal("a.yml:2:1: error RF0001: no such key", At(First, 4, "no such key").ToString());
        Assert.Equal("warning RF0002: odd", new Diagnostic(Doubtful, SourceSpan.None, "odd").ToString());
    }

    private static Diagnostic At(SourceText source, int start, string message) =>
        new(Refused, new SourceSpan(source, start, start + 1), message);
}
