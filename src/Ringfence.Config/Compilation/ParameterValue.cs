using System.Globalization;

namespace Ringfence.Config.Compilation;

/// <summary>A value given for a pipeline parameter from outside: a text, a truth value or a whole number (CL-5.22).</summary>
public abstract record ParameterValue
{
    private ParameterValue()
    {
    }

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : ParameterValue;

    /// <summary>A truth value.</summary>
    public sealed record Flag(bool Value) : ParameterValue;

    /// <summary>A whole number.</summary>
    public sealed record Number(long Value) : ParameterValue;

    /// <summary>The value as it would be written.</summary>
    public string Written => this switch
    {
        Text text => text.Value,
        Flag flag => flag.Value ? "true" : "false",
        Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
