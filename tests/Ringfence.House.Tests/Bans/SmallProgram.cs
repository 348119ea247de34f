using System.Text.RegularExpressions;
using Ringfence.House.Tests.Graph;

namespace Ringfence.House.Tests.Bans;

/// <summary>Compiles a few lines with the real compiler, the real analyzers and the banned lists of the repository.</summary>
internal static partial class SmallProgram
{
    /// <returns>The errors, each as its line and its code, such as <c>3 RS0030</c>; warnings are errors as everywhere here.</returns>
    public static async Task<string[]> Compile(string source, params string[] bannedLists)
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("ringfence-ban-");
        try
        {
            var file = Path.Combine(folder.FullName, "Program.cs");
            await File.WriteAllTextAsync(file, source, cancel);
            var packages = (await EvaluatedProject.All()).Single(project => project.Name == "Ringfence.House.Tests").PackageFolder;
            string[] arguments =
            [
                DotNet.Compiler, "-nologo", "-noconfig", "-nostdlib", "-target:library", "-langversion:14", "-nullable:enable", "-warnaserror",
                $"-out:{Path.Combine(folder.FullName, "Program.dll")}",
                .. Directory.EnumerateFiles(Path.Combine(DotNet.ReferencePack, "ref", "net10.0"), "*.dll").Select(path => $"-reference:{path}"),
                $"-reference:{typeof(Ringfence.Primitives.SecretValue).Assembly.Location}",
                .. Directory.EnumerateFiles(BannedApiAnalyzers(packages), "*.dll").Select(path => $"-analyzer:{path}"),
                $"-analyzer:{Path.Combine(DotNet.ReferencePack, "analyzers", "dotnet", "cs", "System.Text.Json.SourceGeneration.dll")}",
                .. bannedLists.Select(name => $"-additionalfile:{RepositoryRoot.At("build/" + name)}"),
                file,
            ];
            var result = await Command.Run(DotNet.Program, arguments, folder.FullName, environment: null, cancel);
            return [.. Code().Matches(result.Output).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}").Distinct().Order(StringComparer.Ordinal)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string BannedApiAnalyzers(string packages)
    {
        var versions = Path.Combine(packages, "microsoft.codeanalysis.bannedapianalyzers");
        var version = Version().Match(Repository.Read("Directory.Packages.props")).Groups[1].Value;
        return Path.Combine(versions, version, "analyzers", "dotnet", "cs");
    }

    [GeneratedRegex(@"(?:Program\.cs\(([0-9]+),[0-9]+\): )?error ([A-Z]+[0-9]+):", RegexOptions.NonBacktracking)]
    private static partial Regex Code();

    [GeneratedRegex("""BannedApiAnalyzers" Version="([^"]+)"/?""", RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
