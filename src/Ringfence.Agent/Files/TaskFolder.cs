using System.Globalization;

namespace Ringfence.Agent.Files;

/// <summary>The agent's own folder for one job: scripts of the steps, and the marks that the commands of a job leave (EX-7.63).</summary>
internal sealed class TaskFolder
{
    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private int _scripts;

    private TaskFolder(string path) => Location = path;

    /// <summary>Its path.</summary>
    public string Location { get; }

    /// <summary>Makes it in the first folder for temporary files that can be written to.</summary>
    public static TaskFolder Create()
    {
        foreach (var folder in (ReadOnlySpan<string?>)[Environment.GetEnvironmentVariable("TMPDIR"), "/tmp", "/var/tmp", Environment.GetEnvironmentVariable("HOME"), "/"])
        {
            if (string.IsNullOrEmpty(folder))
                continue;
            try
            {
                // An image need not have a /tmp.
                Directory.CreateDirectory(folder);
                var own = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".ringfence-{Environment.ProcessId}-{TimeProvider.System.GetTimestamp():x}"));
                Directory.CreateDirectory(own, OnlyUser);
                return new TaskFolder(own);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next one may do.
            }
        }

        throw new IOException("No folder for temporary files can be written to: none of $TMPDIR, /tmp, /var/tmp, $HOME.");
    }

    /// <summary>Writes a script that only this user can read, and gives its path.</summary>
    public string WriteScript(ReadOnlySpan<byte> script)
    {
        var path = Path.Combine(Location, $"step-{Interlocked.Increment(ref _scripts).ToString(CultureInfo.InvariantCulture)}.sh");
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OnlyUser });
        file.Write(script);
        return path;
    }

    /// <summary>Whether the job asked to be ended; once.</summary>
    public bool TakeHalt()
    {
        var mark = Path.Combine(Location, "halt");
        if (!File.Exists(mark))
            return false;
        File.Delete(mark);
        return true;
    }

    /// <summary>Removes it.</summary>
    public void Remove()
    {
        try
        {
            Directory.Delete(Location, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The sandbox goes with it.
        }
    }
}
