using Docker.DotNet;
using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>Finds what has the labels of jobs, and removes it. What is gone already is no failure.</summary>
internal sealed class Leftovers(DockerClient client)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Removes everything of one job.</summary>
    public async Task RemoveAsync(SandboxRequest request, CancellationToken cancel)
    {
        var filter = DockerLabels.Filter($"{DockerLabels.Run}={request.RunId}", $"{DockerLabels.Job}={request.Id}");
        await RemoveAsync(filter, _ => true, cancel).ConfigureAwait(false);
    }

    /// <summary>Removes everything of owners that have gone, and says what it was.</summary>
    public Task<IReadOnlyList<string>> RemoveOfGoneAsync(CancellationToken cancel) =>
        RemoveAsync(DockerLabels.Filter(DockerLabels.Owner), HasGone, cancel);

    /// <summary>What there is of owners that have gone.</summary>
    public async Task<IReadOnlyList<string>> FindOfGoneAsync(CancellationToken cancel)
    {
        var filter = DockerLabels.Filter(DockerLabels.Owner);
        var containers = await client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filter }, cancel).ConfigureAwait(false);
        var networks = await client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = filter }, cancel).ConfigureAwait(false);
        var volumes = await client.Volumes.ListAsync(new VolumesListParameters { Filters = filter }, cancel).ConfigureAwait(false);
        return
        [
            .. containers.Where(container => HasGone(container.Labels)).Select(NameOf),
            .. networks.Where(network => HasGone(network.Labels)).Select(network => $"network {network.Name}"),
            .. (volumes.Volumes ?? []).Where(volume => HasGone(volume.Labels)).Select(volume => $"volume {volume.Name}"),
        ];
    }

    private static string NameOf(ContainerListResponse container) => $"container {container.Names.FirstOrDefault()?.TrimStart('/') ?? container.ID}";

    private static bool HasGone(IDictionary<string, string> labels) =>
        labels.TryGetValue(DockerLabels.Owner, out var owner) && labels.TryGetValue(DockerLabels.Place, out var place) && RunOwner.Parse(owner, place) is { } known && known.HasGone();

    private async Task<IReadOnlyList<string>> RemoveAsync(Dictionary<string, IDictionary<string, bool>> filter, Func<IDictionary<string, string>, bool> wanted, CancellationToken cancel)
    {
        var removed = new List<string>();
        var containers = await client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filter }, cancel).ConfigureAwait(false);
        var mine = containers.Where(container => wanted(container.Labels)).ToList();
        await Task.WhenAll(mine.Select(container => RemoveContainerAsync(container.ID, cancel))).ConfigureAwait(false);
        removed.AddRange(mine.Select(NameOf));

        // Networks and volumes can go only when no container uses them any more.
        foreach (var network in await client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = filter }, cancel).ConfigureAwait(false))
        {
            if (wanted(network.Labels) && await TryAsync(() => client.Networks.DeleteNetworkAsync(network.ID, cancel)).ConfigureAwait(false))
                removed.Add($"network {network.Name}");
        }

        foreach (var volume in (await client.Volumes.ListAsync(new VolumesListParameters { Filters = filter }, cancel).ConfigureAwait(false)).Volumes ?? [])
        {
            if (wanted(volume.Labels) && await TryAsync(() => client.Volumes.RemoveAsync(volume.Name, force: true, cancel)).ConfigureAwait(false))
                removed.Add($"volume {volume.Name}");
        }

        return removed;
    }

    private async Task RemoveContainerAsync(string id, CancellationToken cancel)
    {
        if (await TryAsync(() => client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, cancel)).ConfigureAwait(false))
            return;

        // It is gone, or somebody else is removing it at this moment; a network that it uses can go only afterwards.
        while (await TryAsync(() => client.Containers.InspectContainerAsync(id, cancel)).ConfigureAwait(false))
            await Task.Delay(Pause, TimeProvider.System, cancel).ConfigureAwait(false);
    }

    private static async Task<bool> TryAsync(Func<Task> remove)
    {
        try
        {
            await remove().ConfigureAwait(false);
            return true;
        }
        catch (DockerApiException)
        {
            return false;
        }
    }
}
