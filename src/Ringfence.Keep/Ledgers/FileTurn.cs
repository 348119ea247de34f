namespace Ringfence.Keep.Ledgers;

/// <summary>Turns that processes take at a keep: whoever has the file open has the turn, and disposing it or ending gives it back.</summary>
internal static class FileTurn
{
    // A minute in all: a turn takes milliseconds, but more where the disk is busy, and whoever waits may be passed by.
    private const int MostTries = 6000;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for a turn.</summary>
    /// <param name="path">The file, which holds nothing and is made when it is not there.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="LedgerException">The turn does not come.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static async Task<FileStream> TakeAsync(string path, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, BufferSize = 0 };
        for (var tries = 0; tries < MostTries; tries++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (File.Exists(path))
            {
                // The real clock, also in tests: what is waited for is another process.
                await Task.Delay(BetweenTries, TimeProvider.System, cancel).ConfigureAwait(false);
            }
        }

        throw new LedgerException($"Another process has been at work on {Path.GetDirectoryName(path)} for a minute: end it, and try again.");
    }
}
