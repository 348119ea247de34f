using System.Text.Json;

namespace Ringfence.House.Tests.Graph;

/// <summary>A project as the build sees it, with everything that Directory.Build.props and .targets add.</summary>
internal sealed record EvaluatedProject
{
    public required string Path { get; init; }
    public required string Kind { get; init; }
    public required bool MayRevealSecrets { get; init; }
    public required string PackageFolder { get; init; }
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Packages that end up in, or beside, the program.</summary>
    public required IReadOnlyList<string> Packages { get; init; }

    /// <summary>Packages that work during the build only, such as analyzers.</summary>
    public required IReadOnlyList<string> BuildPackages { get; init; }

    public required IReadOnlyList<string> BannedSymbolFiles { get; init; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    private static readonly Lazy<Task<IReadOnlyList<EvaluatedProject>>> Everything = new(EvaluateAll);

    public static Task<IReadOnlyList<EvaluatedProject>> All() => Everything.Value;

    private static async Task<IReadOnlyList<EvaluatedProject>> EvaluateAll()
    {
        var all = new List<EvaluatedProject>();
        foreach (var pair in Repository.Projects().Chunk(2))
            all.AddRange(await Task.WhenAll(pair.Select(Evaluate)));
        return all;
    }

    private static async Task<EvaluatedProject> Evaluate(string path)
    {
        string[] arguments =
        [
            "msbuild", path, "-nodeReuse:false", "-getProperty:ProjectKind,MayRevealSecrets,NuGetPackageRoot",
            "-getItem:ProjectReference,PackageReference,AdditionalFiles",
        ];
        var result = await Command.Run(DotNet.Program, arguments, RepositoryRoot.Path, environment: null, TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, $"{path}: {result.Output}{result.Errors}");

        using var document = JsonDocument.Parse(result.Output);
        var properties = document.RootElement.GetProperty("Properties");
        var items = document.RootElement.GetProperty("Items");
        var packages = items.GetProperty("PackageReference").EnumerateArray().ToLookup(IsForTheBuildOnly, item => Text(item, "Identity"));
        return new EvaluatedProject
        {
            Path = path,
            Kind = Text(properties, "ProjectKind"),
            MayRevealSecrets = Text(properties, "MayRevealSecrets") == "true",
            PackageFolder = Text(properties, "NuGetPackageRoot"),
            References = Sorted(items.GetProperty("ProjectReference").EnumerateArray().Select(item => Text(item, "Filename"))),
            Packages = Sorted(packages[false]),
            BuildPackages = Sorted(packages[true]),
            BannedSymbolFiles = Sorted(items.GetProperty("AdditionalFiles").EnumerateArray()
                .Select(item => Text(item, "Filename") + Text(item, "Extension"))
                .Where(file => file.StartsWith("BannedSymbols", StringComparison.Ordinal))),
        };
    }

    private static bool IsForTheBuildOnly(JsonElement item) =>
        item.TryGetProperty("PrivateAssets", out var value) && string.Equals(value.GetString(), "all", StringComparison.OrdinalIgnoreCase);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static string[] Sorted(IEnumerable<string> values) => [.. values.Order(StringComparer.Ordinal)];
}
