using System.Globalization;

namespace Ringfence.Runner.Sandboxes;

/// <summary>The folders of sandboxes on the host. Each run has one that names its process, so that those of killed runs are found.</summary>
public sealed class ScratchFolders
{
    private const string OwnerFile = "owner";
    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

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

    /// <summary>Makes an empty folder for one sandbox.</summary>
    public string Add(string id)
    {
        var folder = Path.Combine(_run, id);
        Remove(folder);
        Directory.CreateDirectory(folder, OnlyUser);
        return folder;
    }

    /// <summary>Removes a folder with everything in it, whatever modes a job gave its files.</summary>
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
            // A folder without the right to write, as Go's module cache has them.
            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            foreach (var below in Directory.EnumerateDirectories(folder, "*", options))
                File.SetUnixFileMode(below, OnlyUser);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Removes the folder of this run.</summary>
    public void RemoveAll() => Remove(_run);

    /// <summary>Removes the folders of runs whose process has gone.</summary>
    /// <returns>What was removed.</returns>
    public IReadOnlyList<string> Sweep()
    {
        var removed = new List<string>();
        foreach (var run in Directory.EnumerateDirectories(_root))
        {
            var owner = Path.Combine(run, OwnerFile);
            if (string.Equals(run, _run, StringComparison.Ordinal) || !File.Exists(owner) || ProcessOwner.Parse(File.ReadAllText(owner)) is not { IsAlive: false })
                continue;
            Remove(run);
            removed.Add(string.Create(CultureInfo.InvariantCulture, $"folder of the run {Path.GetFileName(run)}"));
        }

        return removed;
    }
}
