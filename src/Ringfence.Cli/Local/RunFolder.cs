using System.Globalization;
using Ringfence.Cli.Run;
using Ringfence.Runner.Sandboxes;

namespace Ringfence.Cli.Local;

/// <summary>The folder of one run: its record, logs, artifacts and, while it goes on, its source.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Number">The number of the pipeline.</param>
internal sealed record RunFolder(string Path, long Number)
{
    /// <summary>How many runs of a project are kept.</summary>
    public const int Kept = 50;

    private const string Below = "runs";

    /// <summary>Where the source lies.</summary>
    public string Source => System.IO.Path.Combine(Path, "source");

    /// <summary>Makes the folder of a new run, and removes those of the oldest.</summary>
    public static RunFolder Create(string project, long number)
    {
        var folder = System.IO.Path.Combine(project, Below, number.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var old in All(project).Skip(Kept).Where(old => old.HasEnded))
            ScratchFolders.TryRemove(old.Path);  // the next run tries again
        return new RunFolder(folder, number);
    }

    /// <summary>The runs of a project, the newest first.</summary>
    public static IEnumerable<RunFolder> All(string project)
    {
        var runs = System.IO.Path.Combine(project, Below);
        if (!Directory.Exists(runs))
            return [];
        return Directory.EnumerateDirectories(runs)
            .Select(folder => long.TryParse(System.IO.Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new RunFolder(folder, number) : null)
            .OfType<RunFolder>().OrderByDescending(run => run.Number).ToArray();
    }

    private bool HasEnded => RunRecord.Read(Path) is not { } record || record.Workflows.All(w => w.EndedAt is not null);
}
