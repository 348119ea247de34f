using System.Collections.Immutable;
using Ringfence.Config.Packing;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Tests.Packing;

/// <summary>What came of packing a tree.</summary>
internal sealed record PackOutcome(YamlMapping? Packed, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The problems as <c>code path:line:column</c>.</summary>
    public ImmutableArray<string> Places => [.. Diagnostics.Select(d => $"{d.Code} {d.Span}".TrimEnd())];

    public static PackOutcome OfConfig(IReadOnlyDictionary<string, SourceText> files)
    {
        var problems = new DiagnosticBag();
        return new PackOutcome(ConfigPacker.Pack(files, problems, Limits.Default), problems.ToImmutable());
    }

    public static PackOutcome OfOrb(IReadOnlyDictionary<string, SourceText> files, Limits? limits = null)
    {
        var problems = new DiagnosticBag();
        return new PackOutcome(OrbPacker.Pack(files, problems, limits ?? Limits.Default), problems.ToImmutable());
    }
}
