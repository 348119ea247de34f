namespace Ringfence.Primitives;

/// <summary>
/// The stable name of one kind of problem, such as <c>RF1004</c>. A code keeps its meaning for ever and is never used again for another.
/// </summary>
/// <param name="Id">What people search for.</param>
/// <param name="Severity">How much every problem of this kind matters.</param>
/// <param name="Title">The kind of problem in a few words; the heading of its section in docs/diagnostics.md.</param>
public sealed record DiagnosticCode(string Id, DiagnosticSeverity Severity, string Title)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}
