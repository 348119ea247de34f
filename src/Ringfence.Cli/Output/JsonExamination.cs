namespace Ringfence.Cli.Output;

/// <summary>The output of <c>doctor --format json</c>.</summary>
internal sealed record JsonExamination(bool Usable, string Verdict, IReadOnlyList<JsonFinding> Findings);
