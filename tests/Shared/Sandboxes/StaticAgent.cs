using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ringfence.Tests.Shared;

/// <summary>The agent as one static file, as it is mounted into images; built when its sources are newer or what is there does not run.</summary>
internal static class StaticAgent
{
    private const string Project = "src/Ringfence.Agent/Ringfence.Agent.csproj";
    private const string Output = "artifacts/static-agent";
    private const string Agent = "ringfence-agent";

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
        var agent = Path.Combine(folder, Agent);
        if (File.Exists(agent) && File.GetLastWriteTimeUtc(agent) >= Newest() && await RunsAsync(agent))
            return (folder, "");

        var published = RepositoryRoot.At($"{Output}/published");
        var (code, printed) = await PublishAsync(published);
        if (code == 0 && !await RunsAsync(Path.Combine(published, Agent)))
        {
            // A build that was killed while it linked has left a file that looks new.
            Directory.Delete(RepositoryRoot.At($"{Output}/work"), recursive: true);
            Directory.Delete(published, recursive: true);
            (code, printed) = await PublishAsync(published);
        }

        if (code != 0)
            return (null, $"The agent cannot be built as a static file here: {printed[..Math.Min(printed.Length, 500)]}");
        if (!await RunsAsync(Path.Combine(published, Agent)))
            return (null, "The agent that was built as a static file does not run here.");
        Install(Path.Combine(published, Agent), folder);
        return (folder, "");
    }

    private static Task<(int Code, string Printed)> PublishAsync(string into) => Tool.RunAsync(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"),
        "publish", Project, "-c", "Release", "--use-current-runtime", "--disable-build-servers", "-p:PublishAot=true", "-p:CppCompilerAndLinker=gcc", $"-p:ArtifactsPath={RepositoryRoot.At(Output)}/work", "-o", into);

    /// <summary>Puts a built agent into a folder under all of its names. At no moment is a part of it there, and the name whose age counts comes last.</summary>
    public static void Install(string built, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in (ReadOnlySpan<string>)["circleci", "circleci-agent", "ringfence-mask", Agent])
        {
            var (path, draft) = (Path.Combine(folder, name), Path.Combine(folder, $".{name}.{Environment.ProcessId}"));
            Executables.Install(built, draft);
            File.Move(draft, path, overwrite: true);
        }
    }

    /// <summary>Whether a file is an agent that starts.</summary>
    public static async Task<bool> RunsAsync(string agent)
    {
        try
        {
            var (code, printed) = await Tool.RunAsync(agent, "version");
            return code == 0 && printed.StartsWith(Agent, StringComparison.Ordinal);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static DateTime Newest() =>
        ((string[])["src/Ringfence.Agent", "src/Ringfence.Protocol", "src/Ringfence.Primitives"])
        .SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.At(folder), "*.*", SearchOption.AllDirectories))
        .Where(path => Path.GetExtension(path) is ".cs" or ".csproj" or ".proto")
        .Max(File.GetLastWriteTimeUtc);
}
