using System.Collections.Immutable;
using Ringfence.Cli.Diagnostics;
using Ringfence.Config.Compilation;
using Ringfence.Config.Values;
using Ringfence.Primitives;

namespace Ringfence.Cli.Commands;

/// <summary>What came of compiling what the user named: of reading it, and then of compiling it.</summary>
/// <param name="Path">The config as the user named it.</param>
/// <param name="InputProblems">What was wrong before the compiler could begin; then there is no result.</param>
/// <param name="Result">What the compiler said.</param>
/// <param name="Values">The pipeline values that were used.</param>
internal sealed record CompiledConfig(string Path, ImmutableArray<Diagnostic> InputProblems, CompilationResult? Result, PipelineValues Values)
{
    /// <summary>The pipeline parameters that were given.</summary>
    public ImmutableDictionary<string, ParameterValue> Given { get; init; } = ImmutableDictionary<string, ParameterValue>.Empty;

    /// <summary>The pipeline; null when the config is refused.</summary>
    public CompiledPipeline? Pipeline => Result?.Pipeline;

    /// <summary>Whether there is a pipeline.</summary>
    public bool IsValid => Pipeline is not null;

    /// <summary>All problems.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Result?.Diagnostics ?? InputProblems;

    /// <summary>Tells the user about all problems, for a command whose answer they are.</summary>
    public void Report(Surroundings surroundings) => Report(static _ => true, surroundings);

    /// <summary>Tells the user about problems, for a command that is asked for something else; then mere hints would only be in the way.</summary>
    public void ReportProblems(Surroundings surroundings) => Report(static d => d.Severity > DiagnosticSeverity.Hint, surroundings);

    private void Report(Func<Diagnostic, bool> isWanted, Surroundings surroundings)
    {
        if (Result is null)
            DiagnosticReport.Write(InputProblems, surroundings);
        else
            DiagnosticReport.WriteForConfig([.. Result.Diagnostics.Where(isWanted)], Result.DiagnosticsLeftOut, surroundings);
    }
}
