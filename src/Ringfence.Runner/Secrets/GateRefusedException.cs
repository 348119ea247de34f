namespace Ringfence.Runner.Secrets;

/// <summary>Something was about to leave a job with a secret in it. The message says which variable and where, and never the value.</summary>
public sealed class GateRefusedException : Exception
{
    /// <summary>Makes one.</summary>
    public GateRefusedException(string message)
        : base(message)
    {
    }
}
