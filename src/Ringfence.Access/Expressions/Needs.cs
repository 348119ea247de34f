namespace Ringfence.Access.Expressions;

/// <summary>Whether a condition of some sort has to hold whenever a part of an expression is true, and whenever it is false.</summary>
internal readonly record struct Needs(bool WhenTrue, bool WhenFalse)
{
    public static Needs Always { get; } = new(true, true);

    public static Needs Never { get; } = new(false, false);

    public Needs Flipped => new(WhenFalse, WhenTrue);

    /// <summary>True takes both sides and false one of them.</summary>
    public static Needs And(Needs left, Needs right) => new(left.WhenTrue || right.WhenTrue, left.WhenFalse && right.WhenFalse);

    public static Needs Or(Needs left, Needs right) => And(left.Flipped, right.Flipped).Flipped;
}
