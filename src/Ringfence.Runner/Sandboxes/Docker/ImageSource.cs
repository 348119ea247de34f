using Docker.DotNet;
using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Gets the images of a job: those that the engine has, as they are; others from their registries.</summary>
internal sealed class ImageSource(DockerClient client, Action<SandboxReport> report)
{
    /// <summary>Makes sure that the engine has the image, and says what it is (EX-6.1, EX-9.7).</summary>
    /// <exception cref="SandboxException">It cannot be had.</exception>
    public async Task<ImageInspectResponse> GetAsync(ContainerRequest container, CancellationToken cancel)
    {
        if (!ImageReference.TryParse(container.Image, out var image))
            throw new SandboxException($"'{container.Image}' is not the name of an image.", "Write it as name:tag or name@digest.", isFaultOfJob: true);

        report(new SandboxReport.Line($"Starting container {container.Image}"));
        var found = await FindAsync(image, cancel).ConfigureAwait(false);
        if (found is null)
        {
            report(new SandboxReport.Line($"  image cache not found on this host, downloading {container.Image}"));
            await PullAsync(image, container, cancel).ConfigureAwait(false);
            found = await FindAsync(image, cancel).ConfigureAwait(false)
                ?? throw new SandboxException($"The image {container.Image} was pulled, but the container engine does not have it.");
        }

        report(new SandboxReport.Line($"  using image {DigestOf(image, found)}"));
        return found;
    }

    private async Task<ImageInspectResponse?> FindAsync(ImageReference image, CancellationToken cancel)
    {
        try
        {
            return await client.Images.InspectImageAsync(image.ToString(), cancel).ConfigureAwait(false);
        }
        catch (DockerImageNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e))
        {
            throw EngineFailures.Of($"The image {image} could not be looked up", e);
        }
    }

    private async Task PullAsync(ImageReference image, ContainerRequest container, CancellationToken cancel)
    {
        var progress = new PullProgress(container.Image, report);
        var login = container.RegistryPassword is { } password
            ? new AuthConfig { Username = container.RegistryUser, Password = password.RevealString() }
            : null;
        var failure = await PullAsync(image, login, progress, cancel).ConfigureAwait(false) ?? progress.Failure;
        if (failure is not null)
            throw PullFailures.Of(container.Image, failure, login is not null);
    }

    private async Task<string?> PullAsync(ImageReference image, AuthConfig? login, PullProgress progress, CancellationToken cancel)
    {
        try
        {
            await client.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = image.Name, Tag = image.Version }, login, progress, cancel).ConfigureAwait(false);
            return null;
        }
        catch (DockerApiException e)
        {
            return EngineFailures.MessageOf(e);
        }
        catch (Exception e) when (EngineFailures.IsOfEngine(e))
        {
            throw EngineFailures.Of($"The image {image} could not be pulled", e);
        }
    }

    // An image that was made on this machine has no digest of a registry.
    private static string DigestOf(ImageReference image, ImageInspectResponse found)
    {
        var digests = found.RepoDigests ?? [];
        return digests.FirstOrDefault(digest => digest.StartsWith(image.Name + "@", StringComparison.Ordinal)) ?? digests.FirstOrDefault() ?? $"{image.Name}@{found.ID}";
    }
}
