using Docker.DotNet;
using Docker.DotNet.Models;

namespace Ringfence.Runner.Sandboxes.Docker;

/// <summary>
/// The one network in which the jobs of an engine live. The engine drops what one container sends to another in it, so jobs cannot reach each other.
/// It stays when a job ends: to make and remove one takes the engine longer than all else that a job needs. Safe to use from several threads.
/// </summary>
internal sealed class SharedNetwork(string kind)
{
    /// <summary>The label by which it is found, whoever makes the network sees to it that the engine keeps its containers apart.</summary>
    public const string Label = "ringfence.network";

    private const string BetweenContainers = "com.docker.network.bridge.enable_icc";

    // From this version on the engine refuses to make such a network where it cannot keep its promise; before, it has to be asked.
    private const int RefusesByItself = 28;

    private const int NameLength = 18;

    private readonly Lock _turn = new();
    private Task _last = Task.CompletedTask;
    private bool _isImpossible;

    /// <summary>Finds it, and makes it when there is none.</summary>
    /// <returns>Its name; null when this engine cannot keep containers of one network apart, so that each job needs a network of its own.</returns>
    public Task<string?> GetAsync(DockerClient client, CancellationToken cancel)
    {
        // One after the other, so that jobs that begin together do not each make one.
        lock (_turn)
        {
            var next = AfterAsync(_last, client, cancel);
            _last = next;
            return next;
        }
    }

    /// <summary>Whether the engine refused because a network that was there is there no more.</summary>
    public static bool IsGoneAfter(DockerApiException e) =>
        EngineFailures.MessageOf(e) is var message && EngineFailures.Has(message, "network ") && (EngineFailures.Has(message, " not found") || EngineFailures.Has(message, "no such network"));

    /// <summary>Looks whether there is one. Of two that were made at once everybody finds the same.</summary>
    /// <returns>Its name, or null.</returns>
    public async Task<string?> FindAsync(DockerClient client, CancellationToken cancel)
    {
        var found = await client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = DockerLabels.Filter($"{Label}={kind}") }, cancel).ConfigureAwait(false);
        return found.Where(KeepsApart).OrderBy(network => network.Created).ThenBy(network => network.ID, StringComparer.Ordinal).FirstOrDefault()?.Name;
    }

    private async Task<string?> AfterAsync(Task before, DockerClient client, CancellationToken cancel)
    {
        await before.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_isImpossible)
            return null;
        var name = await FindAsync(client, cancel).ConfigureAwait(false) ?? await MakeAsync(client, cancel).ConfigureAwait(false);
        _isImpossible = name is null;
        return name;
    }

    private static bool KeepsApart(NetworkResponse network) => network.Options is { } options && options.TryGetValue(BetweenContainers, out var text) && text == "false";

    private async Task<string?> MakeAsync(DockerClient client, CancellationToken cancel)
    {
        var version = await client.System.GetVersionAsync(cancel).ConfigureAwait(false);
        if (EngineVersion.IsPodman(version))
            return null;

        var plan = new NetworksCreateParameters
        {

            // Engines take the same name twice and know neither from then on, so no two makers use the same.
            Name = $"ringfence-{Guid.NewGuid():N}"[..NameLength],
            Driver = "bridge",
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Label] = kind },
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { [BetweenContainers] = "false" },
        };
        try
        {
            await client.Networks.CreateNetworkAsync(plan, cancel).ConfigureAwait(false);
        }
        catch (DockerApiException)
        {
            // Why it cannot be had shows when the job asks for one of its own.
            return null;
        }

        if (EngineVersion.Major(version) < RefusesByItself && await IsWarnedAsync(client, cancel).ConfigureAwait(false))
        {
            await RemoveAsync(client, plan.Name, cancel).ConfigureAwait(false);
            return null;
        }

        var first = await FindAsync(client, cancel).ConfigureAwait(false) ?? plan.Name;
        if (first != plan.Name)
            await RemoveAsync(client, plan.Name, cancel).ConfigureAwait(false);
        return first;
    }

    private static async Task<bool> IsWarnedAsync(DockerClient client, CancellationToken cancel) =>
        ((await client.System.GetSystemInfoAsync(cancel).ConfigureAwait(false)).Warnings ?? []).Any(warning => EngineFailures.Has(warning, "bridge-nf-call-iptables"));

    private static async Task RemoveAsync(DockerClient client, string name, CancellationToken cancel)
    {
        try
        {
            await client.Networks.DeleteNetworkAsync(name, cancel).ConfigureAwait(false);
        }
        catch (DockerApiException)
        {
            // Somebody else was quick enough to use it, or to remove it.
        }
    }
}
