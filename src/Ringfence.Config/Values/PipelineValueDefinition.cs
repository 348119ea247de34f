namespace Ringfence.Config.Values;

/// <summary>What is known of a pipeline value before any pipeline exists.</summary>
/// <param name="Name">The whole name, from <c>pipeline.</c> on.</param>
/// <param name="Type">Its type whenever it is set.</param>
/// <param name="IsDeprecated">Whether CircleCI has set a date for its end.</param>
/// <param name="IsPrivate">Whether CircleCI has it but does not document it for users.</param>
public sealed record PipelineValueDefinition(string Name, PipelineValueType Type, bool IsDeprecated, bool IsPrivate)
{
    /// <summary>
    /// Whether only some events have the value, so that reading it elsewhere is an error in a config (CL-7.18). The specification gives
    /// one example only; taken for event-specific is what a forge sends along with an event.
    /// </summary>
    public bool IsEventSpecific =>
        Name.StartsWith("pipeline.event.github.", StringComparison.Ordinal) || Name.StartsWith("pipeline.event.context.", StringComparison.Ordinal);
}
