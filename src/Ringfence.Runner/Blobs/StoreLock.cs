namespace Ringfence.Runner.Blobs;

/// <summary>
/// Keeps other processes, and other stores of this one, from changing a store at the same moment. The system lets go of it when a process dies.
/// </summary>
public static class StoreLock
{
    private const string FileName = ".lock";

    // Workspaces are copies of the source, and what a policy let pass lies in caches: not for other users of the machine.
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>A minute in all. Changes under the lock are renames and small files.</summary>
    private const int MostTurns = 6000;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for the lock; disposing lets go of it.</summary>
    /// <exception cref="StoreException">Somebody else has had it for a minute, or the folder cannot be written.</exception>
    public static async Task<IDisposable> TakeAsync(string root, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(root, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.Writing(root, e);
        }

        var path = Path.Combine(root, FileName);
        for (var turn = 0; turn < MostTurns; turn++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (UnauthorizedAccessException e)
            {
                throw StoreException.Writing(root, e);
            }
            catch (IOException) when (File.Exists(path))
            {
                // The real clock, also in tests: what is waited for is another process.
                await Task.Delay(Turn, TimeProvider.System, cancel);
            }
            catch (IOException e)
            {
                throw StoreException.Writing(root, e);
            }
        }

        throw new StoreException($"Another process has been changing {root} for a minute: wait for it, or end it, and try again.");
    }
}
