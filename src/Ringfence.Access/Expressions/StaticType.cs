namespace Ringfence.Access.Expressions;

/// <summary>The type of a part of an expression, as far as it is known without values.</summary>
internal enum StaticType
{
    /// <summary>Something is wrong with it already, so nothing more is said.</summary>
    Unknown,
    Boolean,
    Integer,
    String,
    Pattern,
}
