using System.Globalization;
using Ringfence.Runner.Blobs;

namespace Ringfence.Cli.Local;

/// <summary>The numbers of a project's pipelines and jobs: from 1, each given once, also to runs that go on side by side (EX-1.2, EX-3.7).</summary>
/// <param name="folder">The folder of the project.</param>
internal sealed class ProjectNumbers(string folder)
{
    /// <summary>The next number of a pipeline.</summary>
    /// <exception cref="StoreException">The folder cannot be written.</exception>
    public Task<long> NextPipelineAsync(CancellationToken cancel) =>
        NextAsync("pipelines", 1, () => RunFolder.All(folder).Select(run => run.Number).FirstOrDefault(), cancel);

    /// <summary>The first of some numbers of jobs in a row.</summary>
    /// <exception cref="StoreException">The folder cannot be written.</exception>
    public Task<long> NextJobsAsync(int count, CancellationToken cancel) => NextAsync("jobs", count, () => 0, cancel);

    private async Task<long> NextAsync(string kind, int count, Func<long> highestKept, CancellationToken cancel)
    {
        var path = Path.Combine(folder, "last-of-" + kind);
        using var alone = await StoreLock.TakeAsync(folder, cancel);
        try
        {
            // The file may be lost or damaged; what is kept of runs shows which numbers were given at least.
            var noted = File.Exists(path) && long.TryParse(await File.ReadAllTextAsync(path, cancel), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written : 0;
            var last = Math.Max(noted, highestKept());
            var draft = path + ".tmp";
            await File.WriteAllTextAsync(draft, (last + count).ToString(CultureInfo.InvariantCulture), cancel);
            File.Move(draft, path, overwrite: true);
            return last + 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The folder {folder} cannot be written: {e.Message}", e);
        }
    }
}
