namespace Ringfence.Sealing.Boxes;

/// <summary>Sealed bytes do not open, or a key cannot be read. The message says what is wrong and holds nothing secret.</summary>
public sealed class SealingException : Exception
{
    /// <summary>Makes one.</summary>
    public SealingException(SealingFault fault, string message)
        : base(message) => Fault = fault;

    /// <summary>Makes one with its cause.</summary>
    public SealingException(SealingFault fault, string message, Exception cause)
        : base(message, cause) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public SealingFault Fault { get; }
}
