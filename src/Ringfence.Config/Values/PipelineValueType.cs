namespace Ringfence.Config.Values;

/// <summary>The type of a pipeline value in expressions and templates.</summary>
public enum PipelineValueType
{
    /// <summary>Text; also ids and times.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,
}
