using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ringfence.Protocol.Tests;

namespace Ringfence.Agent.InJob;

/// <summary>The folder through which the runner and the command talk about one job.</summary>
internal sealed record TaskFolder(string Path)
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "CIRCLE_INTERNAL_TASK_DATA";

    /// <summary>The folder of this job; null outside a job.</summary>
    public static TaskFolder? Find(InJobSurroundings surroundings) =>
        surroundings.Variable(Variable) is { } path && Directory.Exists(path) ? new TaskFolder(path) : null;

    /// <summary>The stored timings of this job; null if the runner has none. What cannot be read is said and counts as none.</summary>
    public static TestTimings? Timings(InJobSurroundings surroundings) =>
        Read(surroundings, TestTimings.StoredAs, TestTimings.LargestFile, TestFilesJson.Default.TestTimings);

    /// <summary>The failed tests that this job runs again; null if it is no such rerun. What cannot be read is said and counts as none: too many tests run rather than too few.</summary>
    public static FailedTests? FailedTests(InJobSurroundings surroundings) =>
        Read(surroundings, Protocol.Tests.FailedTests.StoredAs, Protocol.Tests.FailedTests.LargestFile, TestFilesJson.Default.FailedTests);

    /// <summary>Reads a JSON file; null, and why in one sentence, when it cannot be.</summary>
    public static T? ReadJson<T>(string path, long largest, JsonTypeInfo<T> type, out string why)
        where T : class
    {
        why = "";
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > largest)
                why = $"it is longer than {largest} bytes";
            else if (JsonSerializer.Deserialize(file, type) is { } value)
                return value;
            else
                why = "it holds null";
        }
        catch (JsonException e)
        {
            why = $"it is not the JSON that is expected (line {e.LineNumber + 1})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = "it cannot be opened";
        }

        return null;
    }

    private static T? Read<T>(InJobSurroundings surroundings, string name, long largest, JsonTypeInfo<T> type)
        where T : class
    {
        if (Find(surroundings) is not { } folder || System.IO.Path.Combine(folder.Path, name) is var path && !File.Exists(path))
            return null;
        var value = ReadJson(path, largest, type, out var why);
        if (value is null)
            surroundings.Say($"circleci: {name} of this job is left out: {why}.");
        return value;
    }
}
