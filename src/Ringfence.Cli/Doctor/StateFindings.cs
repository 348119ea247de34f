using System.Globalization;
using Ringfence.Cli.Local;
using Ringfence.Cli.Output;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Cli.Doctor;

/// <summary>Looks at the folder that keeps what outlives runs, and at what killed runs have left.</summary>
internal static class StateFindings
{
    private const long LeastSpace = 2L << 30;

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

    /// <summary>The folders that killed runs have left behind. They are only counted.</summary>
    public static Finding Leftovers(LocalState? state, DateTimeOffset now)
    {
        const string Name = "leftovers";
        try
        {
            var count = state is not null && Directory.Exists(state.Sandboxes) ? Directory.EnumerateDirectories(state.Sandboxes).Count(run => ScratchFolders.IsLeftBehind(run, now)) : 0;
            return count == 0
                ? Finding.Ok(Name, "no folders of killed runs")
                : Finding.Warning(Name, string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "folder" : "folders")} of killed runs"), $"The next 'ringfence run' removes them. If they stay: remove what is in {state!.Sandboxes} while nothing runs.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Warning(Name, $"cannot be looked for: {e.Message.ReplaceLineEndings(" ")}", "");
        }
    }

    /// <summary>A folder, or as much of its path as is there.</summary>
    private static (string Path, bool IsFile) Nearest(string folder)
    {
        var path = folder;
        while (!Path.Exists(path) && Path.GetDirectoryName(path) is { } above)
            path = above;
        return (path, File.Exists(path));
    }
}
