using Ringfence.Config;
using Ringfence.Config.Packing;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Fuzz.Targets;

/// <summary>Packing: any tree is packed or refused, as a config and as an orb. A line <c>%%% path</c> begins a file.</summary>
internal sealed class PackTarget : FuzzTarget
{
    private const string FileMark = "%%% ";
    private const int MostNodesToWrite = 20_000;

    public override string Name => "pack";

    public override IReadOnlyList<string> Words { get; } =
    [
        "\n%%% @orb.yml\n", "\n%%% commands/a.yml\n", "\n%%% jobs/@jobs.yml\n", "\n%%% b.yml\n", "\n%%% a/b/c.yml\n", "\n%%% ../x\n", "<<include(scripts/a.sh)>>", "<< include(a.sh) >>",
        .. Mutation.Words.Config, .. Mutation.Words.Yaml,
    ];

    public override int MostCharacters => 8 * 1024;

    protected override Observation Observe(string input)
    {
        var files = Files(input);
        var (inConfig, inOrb) = (new DiagnosticBag(), new DiagnosticBag());
        var config = (Packed: ConfigPacker.Pack(files, inConfig, Limits.Default), Diagnostics: inConfig.ToImmutable());
        var orb = (Packed: OrbPacker.Pack(files, inOrb, Limits.Default), Diagnostics: inOrb.ToImmutable());
        var texts = new[] { config, orb }.Select(r => r.Packed is { ExpandedSize: <= MostNodesToWrite } packed ? YamlWriter.Write(packed) : "").ToArray();
        var seen = new Observation(
            $"{Places.Signature(config.Diagnostics)} {config.Packed is null} {Places.Signature(orb.Diagnostics)} {orb.Packed is null}",
            string.Join('\n', [.. config.Diagnostics, .. orb.Diagnostics]) + string.Join('\n', texts));
        foreach (var (result, text) in new[] { config, orb }.Zip(texts))
        {
            Places.Check(result.Diagnostics, input.Length, seen);
            if (result.Packed is null && result.Diagnostics.IsEmpty)
                seen.Broken("refused without a reason", "");
            if (text.Length > 0)
                YamlTarget.CheckRereads(result.Packed!, text, seen);
        }

        return seen;
    }

    private static Dictionary<string, SourceText> Files(string input)
    {
        var files = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        var (path, lines) = ("@config.yml", new List<string>());
        foreach (var line in input.Split('\n'))
        {
            if (line.StartsWith(FileMark, StringComparison.Ordinal))
            {
                End();
                (path, lines) = (line[FileMark.Length..], []);
            }
            else
            {
                lines.Add(line);
            }
        }

        End();
        return files;

        void End() => files[path] = new SourceText(path, string.Join('\n', lines));
    }
}
