using Ringfence.Primitives;

namespace Ringfence.Config.Templates;

/// <summary>Why a text is no template, with the place in the scalar's text.</summary>
internal sealed record TemplateProblem(DiagnosticCode Code, int Start, int Length, string Message, string? Hint);
