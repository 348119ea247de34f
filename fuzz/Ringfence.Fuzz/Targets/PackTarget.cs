using Ringfence.Config;
using Ringfence.Config.Packing;
using Ringfence.Config.Yaml;

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
        var tree = new PackTree([.. Files(input)]);
        var config = ConfigPacker.Pack(tree, Limits.Default);
        var orb = OrbPacker.Pack(tree, Limits.Default);
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

    private static IEnumerable<PackFile> Files(string input)
    {
        var (path, lines) = ("@config.yml", new List<string>());
        foreach (var line in input.Split('\n'))
        {
            if (!line.StartsWith(FileMark, StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }

            yield return new PackFile(path, string.Join('\n', lines));
            (path, lines) = (line[FileMark.Length..], []);
        }

        yield return new PackFile(path, string.Join('\n', lines));
    }
}
