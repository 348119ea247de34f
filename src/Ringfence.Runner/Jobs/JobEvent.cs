namespace Ringfence.Runner.Jobs;

/// <summary>Something that happens while a job runs.</summary>
public abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>A step has begun, or begun again.</summary>
    public sealed record Started(StepStart Step) : JobEvent;

    /// <summary>A step has printed something. The bytes do not change any more.</summary>
    public sealed record Printed(int Step, ReadOnlyMemory<byte> Bytes) : JobEvent;

    /// <summary>A step has ended.</summary>
    public sealed record Ended(StepEnd Step) : JobEvent;
}
