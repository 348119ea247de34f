using System.Text.Json;
using Ringfence.Protocol.Tests;
using Ringfence.Runner.Blobs;

namespace Ringfence.Runner.TestResults;

/// <summary>How long tests took the last time, per project and job (EX-10.6, EX-11.5).</summary>
/// <param name="root">The folder of the stores.</param>
public sealed class TimingsStore(string root)
{
    /// <summary>Takes over the results of one run of a job: those of all its steps and nodes at once.</summary>
    /// <exception cref="StoreException">The disk is full or cannot be written.</exception>
    public async Task SaveAsync(string project, string job, IReadOnlyCollection<TestResult> results, CancellationToken cancel)
    {
        var latest = TimingsOfTests.Of(results);
        using var claim = await StoreLock.TakeAsync(root, cancel);
        IndexFile.Write(PathOf(project, job), latest.Over(Read(project, job)), TestFilesJson.Default.TestTimings);
    }

    /// <summary>The content of <c>timings.json</c>; null when no results are known.</summary>
    public byte[]? ReadFile(string project, string job) =>
        Read(project, job) is { } timings ? JsonSerializer.SerializeToUtf8Bytes(timings, TestFilesJson.Default.TestTimings) : null;

    private TestTimings? Read(string project, string job) => IndexFile.TryRead(PathOf(project, job), TestFilesJson.Default.TestTimings);

    private string PathOf(string project, string job) => Path.Combine(root, "timings", FolderName.Of(project), FolderName.Of(job) + ".json");
}
