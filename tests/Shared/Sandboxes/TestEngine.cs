using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Docker;

namespace Ringfence.Tests.Shared;

/// <summary>The container engine that the tests use: the one that answers, or Docker started by hand where root may do that.</summary>
internal static class TestEngine
{
    /// <summary>The collection of the classes of a project that look at, or kill, all containers of the engine: one at a time.</summary>
    public const string Alone = "All of the container engine";

    private static readonly string Folder = RepositoryRoot.At("artifacts/test-engine");
    private static readonly Lazy<Task<string>> Started = new(StartAsync);
    private static readonly Lazy<Task<string>> Nested = new(() => MakeImagesAsync("dind"));

    /// <summary>A provider for it.</summary>
    public static DockerSandboxProvider Provider { get; } = new(new DockerOptions { RemoteDockerImage = "ringfence-test/dind" });

    /// <summary>Waits until it runs and has the images of the tests, and skips the test where it cannot.</summary>
    public static async Task RequireAsync()
    {
        var reason = await Started.Value;
        Assert.SkipWhen(reason.Length > 0, reason);
    }

    /// <summary>Waits until the image of an engine in a container is there, and skips the test where it cannot be made.</summary>
    public static async Task RequireNestedAsync()
    {
        var reason = await Nested.Value;
        Assert.SkipWhen(reason.Length > 0, reason);
    }

    /// <summary>An image of the tests by its kind: <c>busybox</c>, <c>debian</c>, <c>keeps</c>, <c>dind</c>.</summary>
    public static ContainerRequest Image(string kind) => new() { Image = $"ringfence-test/{kind}" };

    private static async Task<string> StartAsync()
    {
        if (!(await Provider.CheckAsync(CancellationToken.None)).IsAvailable)
        {
            if (Environment.UserName != "root" || !File.Exists("/usr/bin/apt-get"))
                return "No container engine answers, and only root on Debian can start one here.";
            var (code, printed) = await RunPartAsync("start-engine.sh", Folder);
            if (code != 0)
                return $"No container engine could be started: {printed}";
        }

        return await MakeImagesAsync("busybox", "debian", "keeps");
    }

    private static async Task<string> MakeImagesAsync(params string[] images)
    {
        var (code, printed) = await RunPartAsync("make-images.sh", [$"{Folder}/images", .. images]);
        return code == 0 ? "" : $"The images of the tests could not be made: {printed}";
    }

    private static Task<(int Code, string Printed)> RunPartAsync(string script, params string[] arguments) =>
        Tool.RunAsync("/bin/sh", [RepositoryRoot.At($"tests/Ringfence.Runner.Tests/Sandboxes/Parts/{script}"), .. arguments]);
}
