using Ringfence.Runner.Sandboxes.Docker;

namespace Ringfence.Runner.Tests.Sandboxes.Docker;

public sealed class ImageReferenceTests
{
    [Theory]
    [Rule("EX-9.9")]
    [InlineData("busybox", "busybox", "latest", "busybox:latest")]
    [InlineData("cimg/go:1.22", "cimg/go", "1.22", "cimg/go:1.22")]
    [InlineData("localhost:5000/a/b", "localhost:5000/a/b", "latest", "localhost:5000/a/b:latest")]
    [InlineData("localhost:5000/a/b:c", "localhost:5000/a/b", "c", "localhost:5000/a/b:c")]
    [InlineData("a@sha256:12", "a", "sha256:12", "a@sha256:12")]
    [InlineData("a/b:tag@sha256:12", "a/b", "sha256:12", "a/b@sha256:12")]
    public void Takes_a_name_apart(string text, string name, string version, string whole)
    {
        Assert.True(ImageReference.TryParse(text, out var image));
        Assert.Equal((name, version, whole), (image.Name, image.Version, image.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:")]
    [InlineData(":tag")]
    [InlineData("a@")]
    public void Refuses_what_is_no_name(string text) => Assert.False(ImageReference.TryParse(text, out _));
}
