namespace Ringfence.Primitives;

/// <summary>One step of the way from a workflow down to the place of a problem, such as <c>job 'build'</c> (CL-2.9).</summary>
/// <param name="Kind">What was called: workflow, job, command or executor.</param>
/// <param name="Name">The name it was called by.</param>
/// <param name="Span">Where the call stands.</param>
public sealed record CallFrame(string Kind, string Name, SourceSpan Span)
{
    /// <inheritdoc/>
    public override string ToString() => $"Error calling {Kind}: '{Name}'";
}
