using System.Text;
using Ringfence.Protocol.Agents;
using Ringfence.Runner.Agents;
using Ringfence.Runner.Archives;

namespace Ringfence.Runner.Checkout;

/// <summary>
/// A repository that is there already when a job checks out, from a cache or the image (EX-7.10). What it tracks and the snapshot does not have goes, and
/// so does its own state; what git does not know stays.
/// </summary>
internal sealed class EarlierCheckout(AgentConnection agent, string path)
{
    private const long LargestIndex = 256 * 1024 * 1024;
    private const int MostArguments = 64 * 1024;

    /// <summary>Removes what would be in the way of the snapshot.</summary>
    /// <exception cref="AgentRefusedException">It cannot be removed.</exception>
    public async Task RemoveAsync(SourceSnapshot source, CancellationToken cancel)
    {
        var coming = source.Names().ToHashSet(StringComparer.Ordinal);
        var old = (await TrackedAsync(cancel).ConfigureAwait(false)).Where(name => ArchiveName.TryClean(name, out var clean) && clean == name && !coming.Contains(name)).ToList();
        var folders = old.SelectMany(Folders).Distinct(StringComparer.Ordinal).ToList();
        // A folder where a file is to come goes whole.
        var replaced = folders.Where(name => coming.Contains(name) && !IsFolder(source, name));
        await RunAsync(["rm", "-rf", "--"], [.. replaced, .. old, ".git"], isNeeded: true, cancel).ConfigureAwait(false);
        // The deepest first; those with something in them stay.
        await RunAsync(["rmdir", "--"], [.. folders.Where(name => !coming.Contains(name)).OrderByDescending(name => name.Length)], isNeeded: false, cancel).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> TrackedAsync(CancellationToken cancel)
    {
        try
        {
            return GitIndex.Names(await new AgentFiles(agent).ReadAsync(Path.Join(path, ".git/index"), LargestIndex, cancel).ConfigureAwait(false));
        }
        catch (AgentRefusedException)
        {
            // Without an index nothing is tracked: a cache may hold no more than the objects.
            return [];
        }
    }

    private static IEnumerable<string> Folders(string name)
    {
        for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
            yield return name[..slash];
    }

    private static bool IsFolder(SourceSnapshot source, string name)
    {
        var place = new DirectoryInfo(Path.Join(source.Folder, name));
        return place.Exists && place.LinkTarget is null;
    }

    private async Task RunAsync(string[] command, List<string> names, bool isNeeded, CancellationToken cancel)
    {
        for (var next = 0; next < names.Count;)
        {
            var start = new StartProcess { Directory = path };
            start.Environment["PATH"] = agent.Hello.Path;
            start.Argv.AddRange(command);
            for (var length = 0; next < names.Count && (length += Encoding.UTF8.GetByteCount(names[next]) + 1) <= MostArguments; next++)
                start.Argv.Add(names[next]);
            await RunAsync(start, isNeeded, cancel).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(StartProcess start, bool isNeeded, CancellationToken cancel)
    {
        using var process = await AgentProcess.StartAsync(agent, start, cancel).ConfigureAwait(false);
        var said = "";
        while (await process.ReadAsync(cancel).ConfigureAwait(false) is { } output)
            said = output.Data.ToStringUtf8();
        if (isNeeded && process.Exit is not { Code: 0 })
            throw new AgentRefusedException($"The repository in {path} cannot be replaced: {said.Trim()}");
    }
}
