using System.Globalization;

namespace Ringfence.Runner.Sandboxes;

/// <summary>The folders of sandboxes on the host. Each run has one that names its process, so that those of killed runs are found.</summary>
public sealed class ScratchFolders
{
    private const string OwnerFile = "owner";
    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // A run names its process right after it has made its folder.
    private static readonly TimeSpan LongestWithoutOwner = TimeSpan.FromHours(1);

    private readonly string _root;
    private readonly string _run;

    private ScratchFolders(string root, string run) => (_root, _run) = (root, run);

    /// <summary>Makes the folder of a run below <paramref name="root"/>.</summary>
    public static ScratchFolders Create(string root, string runId)
    {
        var run = Path.Combine(root, runId);
        Directory.CreateDirectory(run, OnlyUser);
        File.WriteAllText(Path.Combine(run, OwnerFile), ProcessOwner.OfThisProcess().ToString());
        return new ScratchFolders(root, run);
    }

    /// <summary>Whether the folder of a run belongs to no process that runs: its owner has gone, or it is old and names none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool IsLeftBehind(string run, DateTimeOffset now)
    {
        var owner = Path.Combine(run, OwnerFile);
        return File.Exists(owner) && ProcessOwner.Parse(File.ReadAllText(owner)) is { } process
            ? !process.IsAlive
            : now - Directory.GetLastWriteTimeUtc(run) > LongestWithoutOwner;
    }

    /// <summary>Makes an empty folder for one sandbox.</summary>
    public string Add(string id)
    {
        var folder = Path.Combine(_run, id);
        Remove(folder);
        Directory.CreateDirectory(folder, OnlyUser);
        return folder;
    }

    /// <summary>Removes a folder with everything in it, whatever modes and names a job gave its files.</summary>
    /// <exception cref="IOException">Something in it cannot be removed.</exception>
    public static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder without the right to write, as Go's module cache has them, or a name that is not UTF-8, which .NET cannot say.
            StubbornFolder.Remove(folder);
        }
    }

    /// <summary>As <see cref="Remove"/>, for those whose work has ended and is not to fail by it.</summary>
    /// <returns>Why it could not be removed; null when it has gone.</returns>
    public static string? TryRemove(string folder)
    {
        try
        {
            Remove(folder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Removes the folder of this run.</summary>
    /// <returns>Why it could not be removed, in which case a later <see cref="Sweep"/> tries again; null when it has gone.</returns>
    public string? RemoveAll() => RemoveRun(_run);

    /// <summary>Removes the folders of runs whose process has gone.</summary>
    public SweptFolders Sweep(DateTimeOffset now)
    {
        var (removed, left) = (new List<string>(), new List<string>());
        foreach (var run in Directory.EnumerateDirectories(_root))
        {
            if (string.Equals(run, _run, StringComparison.Ordinal))
                continue;
            var name = string.Create(CultureInfo.InvariantCulture, $"folder of the run {Path.GetFileName(run)}");
            try
            {
                if (!IsLeftBehind(run, now))
                    continue;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run sweeps it at the same time, or it is another user's.
                continue;
            }

            if (RemoveRun(run) is { } whyNot)
                left.Add($"{name}: {whyNot}");
            else
                removed.Add(name);
        }

        return new SweptFolders([.. removed], [.. left]);
    }

    // The owner last: without it nobody would know whose the rest is.
    private static string? RemoveRun(string run)
    {
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(run))
                Remove(folder);
            var owner = Path.Combine(run, OwnerFile);
            foreach (var file in Directory.EnumerateFiles(run).Where(file => file != owner))
                File.Delete(file);
            File.Delete(owner);
            Remove(run);
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
