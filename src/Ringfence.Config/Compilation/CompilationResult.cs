using System.Collections.Immutable;
using Ringfence.Primitives;

namespace Ringfence.Config.Compilation;

/// <summary>What came of a compilation: the pipeline, or the reasons why there is none; warnings in either case.</summary>
/// <param name="Pipeline">The compiled pipeline; null when the config is refused.</param>
/// <param name="Diagnostics">All problems, in the order of the text.</param>
/// <param name="DiagnosticsLeftOut">How many more problems there were than are kept.</param>
public sealed record CompilationResult(CompiledPipeline? Pipeline, ImmutableArray<Diagnostic> Diagnostics, int DiagnosticsLeftOut)
{
    /// <summary>Whether the config was accepted.</summary>
    public bool IsValid => Pipeline is not null;
}
