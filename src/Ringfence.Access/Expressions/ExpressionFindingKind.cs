namespace Ringfence.Access.Expressions;

/// <summary>What the strict check finds. The kinds from <see cref="Chained"/> on are warnings; the others refuse the expression.</summary>
public enum ExpressionFindingKind
{
    /// <summary>The text is no expression (EXP-2).</summary>
    Syntax,

    /// <summary>Longer or deeper than the limits (EXP-10).</summary>
    TooLarge,

    /// <summary>There is no such pipeline value (EXP-10).</summary>
    UnknownName,

    /// <summary>A name that restrictions may not read, since whoever starts the pipeline chooses its value (EXP-3).</summary>
    ExcludedName,

    /// <summary>An operand has the wrong type (EXP-10, EXP-14).</summary>
    WrongType,

    /// <summary>A comparison that can never be true (EXP-14).</summary>
    NeverTrue,

    /// <summary>A comparison that is always true (EXP-14).</summary>
    AlwaysTrue,

    /// <summary>The whole is no truth value (EXP-8).</summary>
    NotBoolean,

    /// <summary>Comparisons in a chain without parentheses.</summary>
    Chained,

    /// <summary>A test of a part of a branch's or tag's name, which other names pass too (EXP-13).</summary>
    PartOfName,

    /// <summary>It can be true by values alone that outsiders choose (EXP-13).</summary>
    Tainted,

    /// <summary>A variable that has no value in some pipelines, which denies although the other side of the <c>or</c> may be true (EXP-4).</summary>
    MayBeUnset,

    /// <summary>It can be true without reading anything.</summary>
    Unconditional,
}
