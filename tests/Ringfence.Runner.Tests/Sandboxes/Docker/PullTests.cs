using Docker.DotNet.Models;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Docker;

namespace Ringfence.Runner.Tests.Sandboxes.Docker;

public sealed class PullTests
{
    [Theory]
    [Rule("EX-9.7")]
    [InlineData("manifest for a/b:c not found: manifest unknown: manifest unknown", true, "There is no image a/b:c")]
    [InlineData("pull access denied for a/b, repository does not exist or may require 'docker login': denied: requested access to the resource is denied", true, "There is no image a/b:c")]
    [InlineData("Head \"https://r/v2/a/b/manifests/c\": unauthorized: incorrect username or password", true, "The registry refused the image a/b:c")]
    [InlineData("Head \"https://r/v2/a/b/manifests/c\": no basic auth credentials", true, "The registry refused the image a/b:c")]
    [InlineData("Get \"https://r/v2/\": dial tcp: lookup r: no such host", false, "The registry of a/b:c cannot be reached")]
    [InlineData("Get \"https://r/v2/\": dial tcp 10.0.0.1:443: connect: connection refused", false, "The registry of a/b:c cannot be reached")]
    [InlineData("write /var/lib/docker/tmp/x: no space left on device", false, "There is no room")]
    [InlineData("toomanyrequests: You have reached your pull rate limit.", false, "The registry of a/b:c allows no more pulls")]
    [InlineData("no matching manifest for linux/arm64/v8 in the manifest list entries", true, "The image a/b:c is not made for this machine")]
    [InlineData("something new", false, "The image a/b:c could not be pulled: something new")]
    public void Says_why_an_image_cannot_be_had(string message, bool isFaultOfJob, string sentence)
    {
        var failure = PullFailures.Of("a/b:c", message, hasLogin: false);

        Assert.StartsWith(sentence, failure.Message, StringComparison.Ordinal);
        Assert.Equal(isFaultOfJob, failure.IsFaultOfJob);
    }

    [Fact]
    public void Adds_up_the_layers()
    {
        var reports = new List<SandboxReport>();
        var progress = new PullProgress("a", reports.Add);

        progress.Report(Layer("1", "Downloading", 10, 100));
        progress.Report(Layer("2", "Downloading", 5, 50));
        progress.Report(Layer("1", "Downloading", 10, 100));
        progress.Report(Layer("1", "Extracting", 100, 100));
        progress.Report(Layer("1", "Download complete", null, null));

        Assert.Equal([new SandboxReport.Pulling("a", 10, 100), new SandboxReport.Pulling("a", 15, 150), new SandboxReport.Pulling("a", 105, 150)], reports);
        Assert.Null(progress.Failure);
    }

    [Fact]
    public void Keeps_what_the_engine_says_last()
    {
        var progress = new PullProgress("a", _ => { });

        progress.Report(new JSONMessage { Error = new JSONError { Message = "broken" } });

        Assert.Equal("broken", progress.Failure);
    }

    private static JSONMessage Layer(string id, string status, long? current, long? total) =>
        new() { ID = id, Status = status, Progress = new JSONProgress { Current = current, Total = total } };
}
