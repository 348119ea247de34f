using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>A workflow that does not run in this pipeline.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Reason">Why, in words: the condition and the values that decided it.</param>
/// <param name="Span">Where the condition is written.</param>
public sealed record SkippedWorkflow(string Name, string Reason, SourceSpan Span);
