using System.Globalization;
using Ringfence.Cli.Local;
using Ringfence.Cli.Output;
using Ringfence.Runner.Sandboxes;
using Ringfence.Runner.Sandboxes.Docker;

namespace Ringfence.Cli.Doctor;

/// <summary>Looks at the folder that keeps what outlives runs, and at what killed runs have left.</summary>
internal static class StateFindings
{
    private const long LeastSpace = 2L << 30;
    private const string Leftovers = "leftovers";

    /// <summary>Whether the folder can be written. If it is not there yet, the one that it will be made in.</summary>
    public static Finding Writable(LocalState? state)
    {
        const string Name = "state folder";
        if (state is null)
            return Finding.Missing(Name, "neither HOME nor RINGFENCE_HOME is set", StoreAccess.NoFolderHint);

        var fix = $"Check its rights, or set {LocalState.Variable} to a folder that can be written.";
        var (folder, isFile) = Nearest(state.Root);
        if (isFile)
            return Finding.Missing(Name, $"{folder} is a file, not a folder", $"Remove it, or set {LocalState.Variable} to a folder.");
        try
        {
            // Rights alone do not tell: the disk may be full, or mounted for reading only.
            var probe = Path.Combine(folder, $".ringfence-{Path.GetRandomFileName()}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose))
                return Finding.Ok(Name, state.Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Missing(Name, $"{folder} cannot be written", fix);
        }
    }

    /// <summary>The room for caches and workspaces.</summary>
    public static Finding Space(LocalState? state)
    {
        const string Name = "disk space";
        if (state is null)
            return Finding.Warning(Name, "not known", StoreAccess.NoFolderHint);
        try
        {
            var free = new DriveInfo(Nearest(state.Root).Path).AvailableFreeSpace;
            return free >= LeastSpace
                ? Finding.Ok(Name, $"{ByteText.Of(free)} free")
                : Finding.Warning(Name, $"only {ByteText.Of(free)} free for {state.Root}", "Make room: ringfence cache prune --max-size 1GB");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Finding.Warning(Name, $"the free space for {state.Root} cannot be found out", $"Set {LocalState.Variable} to another folder.");
        }
    }

    /// <summary>What killed runs have left behind. It is only counted.</summary>
    /// <param name="state">Holds the folders of sandboxes.</param>
    /// <param name="engine">Holds containers and networks; null when there is none.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Finding> LeftoversAsync(LocalState? state, DockerSandboxProvider? engine, CancellationToken cancel)
    {
        try
        {
            var folders = state is null ? 0 : ScratchFolders.OfGoneRuns(state.Sandboxes).Count;
            var things = engine is null ? 0 : (await engine.FindLeftoversAsync(cancel)).Count;
            if (folders + things == 0)
                return Finding.Ok(Leftovers, "none of killed runs");
            string[] parts = [.. new[] { Count(folders, "folder"), Count(things, "thing") is { Length: > 0 } some ? some + " in the container engine" : "" }.Where(p => p.Length > 0)];
            return Finding.Warning(Leftovers, $"of killed runs: {string.Join(", ", parts)}", "Nothing needs to be done: the next run removes them.");
        }
        catch (Exception e) when (e is SandboxException or IOException or UnauthorizedAccessException)
        {
            return Finding.Warning(Leftovers, $"cannot be looked for: {e.Message.ReplaceLineEndings(" ")}", "");
        }
    }

    private static string Count(int count, string name) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}");

    /// <summary>A folder, or as much of its path as is there.</summary>
    private static (string Path, bool IsFile) Nearest(string folder)
    {
        var path = folder;
        while (!Path.Exists(path) && Path.GetDirectoryName(path) is { } above)
            path = above;
        return (path, File.Exists(path));
    }
}
