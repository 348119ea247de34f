using Ringfence.Access.Fences;
using Ringfence.Primitives;

namespace Ringfence.Access.References;

/// <summary>A step that refers to a variable.</summary>
/// <param name="Step">The step.</param>
/// <param name="Variable">The name of the variable.</param>
/// <param name="Kind">The surest way in which it does.</param>
/// <param name="Span">The first place where it does.</param>
public sealed record StepReference(StepIdentity Step, string Variable, ReferenceKind Kind, SourceSpan Span);
