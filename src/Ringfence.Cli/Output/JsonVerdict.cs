using System.Collections.Immutable;
using Ringfence.Cli.Diagnostics;

namespace Ringfence.Cli.Output;

/// <summary>What <c>config validate --format json</c> prints; <c>compiled_yaml</c> is there when the config is valid (CL-23.1).</summary>
internal sealed record JsonVerdict(bool Valid, string? CompiledYaml, ImmutableArray<JsonDiagnostic> Errors, ImmutableArray<JsonDiagnostic> Warnings);
