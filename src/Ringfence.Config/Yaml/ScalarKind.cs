namespace Ringfence.Config.Yaml;

/// <summary>What a scalar means by YAML 1.1 resolution (CL-1.5).</summary>
public enum ScalarKind
{
    /// <summary>Text; every quoted scalar is text.</summary>
    String,

    /// <summary>Nothing: <c>~</c>, <c>null</c> or an empty place.</summary>
    Null,

    /// <summary><c>yes</c>, <c>no</c>, <c>on</c>, <c>off</c>, <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction or exponent.</summary>
    Float,
}
