using System.Globalization;

namespace Ringfence.Runner.Sandboxes;

/// <summary>The folders of sandboxes on the host. Each run has one that names its process, so that those of killed runs are found.</summary>
public sealed class ScratchFolders
{
    private const string OwnerFile = "owner";
    private const string EngineFile = "engine";
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

    /// <summary>Notes in the folder of a sandbox that it has things in a container engine, which outlive the process of a run that is killed.</summary>
    internal static void NoteEngine(string folder, Uri engine)
    {
        Directory.CreateDirectory(folder, OnlyUser);
        File.WriteAllText(Path.Combine(folder, EngineFile), engine.ToString());
    }

    /// <summary>The addresses of the engines in which runs whose process has gone had something.</summary>
    public IReadOnlySet<string> EnginesLeft(DateTimeOffset now) =>
        Others().Where(run => MayRemove(run, now)).SelectMany(Folders).Select(EngineOf).OfType<string>().ToHashSet(StringComparer.Ordinal);

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
    public string? RemoveAll() => RemoveRun(_run, new HashSet<string>());

    /// <summary>Removes the folders of runs whose process has gone.</summary>
    /// <param name="now">The time.</param>
    /// <param name="full">The engines that still have what such runs left. What names one of them stays, so that a later run tries again.</param>
    public SweptFolders Sweep(DateTimeOffset now, IReadOnlySet<string> full)
    {
        ArgumentNullException.ThrowIfNull(full);
        var (removed, left) = (new List<string>(), new List<string>());
        foreach (var run in Others().Where(run => MayRemove(run, now)))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"folder of the run {Path.GetFileName(run)}");
            if (RemoveRun(run, full) is { } whyNot)
                left.Add($"{name}: {whyNot}");
            else if (!Directory.Exists(run))
                removed.Add(name);
        }

        return new SweptFolders([.. removed], [.. left]);
    }

    private IEnumerable<string> Others() => Directory.EnumerateDirectories(_root).Where(run => !string.Equals(run, _run, StringComparison.Ordinal));

    private static bool MayRemove(string run, DateTimeOffset now)
    {
        try
        {
            return IsLeftBehind(run, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another run sweeps it at the same time, or it is another user's.
            return false;
        }
    }

    private static IEnumerable<string> Folders(string run)
    {
        try
        {
            return Directory.GetDirectories(run);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // What jobs write lies deeper.
    private static string? EngineOf(string folder)
    {
        try
        {
            var note = Path.Combine(folder, EngineFile);
            return File.Exists(note) ? File.ReadAllText(note) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The owner last: without it nobody would know whose the rest is.
    private static string? RemoveRun(string run, IReadOnlySet<string> full)
    {
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(run).Where(folder => EngineOf(folder) is not { } engine || !full.Contains(engine)))
                Remove(folder);
            if (Directory.EnumerateDirectories(run).Any())
                return null;
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
