using System.Runtime.InteropServices;

namespace Ringfence.Tests.Shared;

/// <summary>The agent as one static file, as it is mounted into images; built when its sources are newer.</summary>
internal static class StaticAgent
{
    private const string Project = "src/Ringfence.Agent/Ringfence.Agent.csproj";
    private const string Output = "artifacts/static-agent";

    private static readonly Lazy<Task<(string? Folder, string Reason)>> Built = new(BuildAsync);

    /// <summary>The folder that holds it under all of its names. Skips the test when it cannot be built here.</summary>
    public static async Task<string> FolderAsync()
    {
        var (folder, reason) = await Built.Value;
        Assert.SkipWhen(folder is null, reason);
        return folder!;
    }

    private static async Task<(string? Folder, string Reason)> BuildAsync()
    {
        var folder = RepositoryRoot.At($"{Output}/bin");
        var agent = Path.Combine(folder, "ringfence-agent");
        if (File.Exists(agent) && File.GetLastWriteTimeUtc(agent) >= Newest())
            return (folder, "");

        var dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet");
        var published = RepositoryRoot.At($"{Output}/published");
        var (code, printed) = await Tool.RunAsync(
            dotnet, "publish", Project, "-c", "Release", "--use-current-runtime", "--disable-build-servers", "-p:PublishAot=true", "-p:CppCompilerAndLinker=gcc", $"-p:ArtifactsPath={RepositoryRoot.At(Output)}/work", "-o", published);
        if (code != 0)
            return (null, $"The agent cannot be built as a static file here: {printed[..Math.Min(printed.Length, 500)]}");

        foreach (var name in (ReadOnlySpan<string>)["ringfence-agent", "circleci", "circleci-agent", "ringfence-mask"])
            Executables.Install(Path.Combine(published, "ringfence-agent"), Path.Combine(folder, name));
        return (folder, "");
    }

    private static DateTime Newest() =>
        ((string[])["src/Ringfence.Agent", "src/Ringfence.Protocol", "src/Ringfence.Primitives"])
        .SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.At(folder), "*.*", SearchOption.AllDirectories))
        .Where(path => Path.GetExtension(path) is ".cs" or ".csproj" or ".proto")
        .Max(File.GetLastWriteTimeUtc);
}
