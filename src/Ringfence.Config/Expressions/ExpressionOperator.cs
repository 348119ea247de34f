namespace Ringfence.Config.Expressions;

/// <summary>The operators between two operands, weakest first (CL-7.5).</summary>
public enum ExpressionOperator
{
    /// <summary><c>or</c></summary>
    Or,

    /// <summary><c>and</c></summary>
    And,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>starts-with</c></summary>
    StartsWith,

    /// <summary><c>contains</c></summary>
    Contains,

    /// <summary><c>matches</c></summary>
    Matches,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,
}
