namespace Ringfence.Config.Compilation;

/// <summary>The types a parameter can have (CL-5.2).</summary>
public enum ParameterType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>One of a list.</summary>
    Enum,

    /// <summary>An executor by name, with arguments if it takes any.</summary>
    Executor,

    /// <summary>Steps.</summary>
    Steps,

    /// <summary>The name of an environment variable.</summary>
    EnvVarName,
}
