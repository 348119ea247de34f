namespace Ringfence.Config.Expressions;

/// <summary>The types of the expression language (CL-7.7).</summary>
public enum ExpressionValueKind
{
    /// <summary>The value of a variable that exists but is unset.</summary>
    Undefined,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>Text.</summary>
    String,

    /// <summary>A regular expression; only a literal makes one.</summary>
    Pattern,
}
