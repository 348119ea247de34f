using System.Text.Json.Serialization;

namespace Ringfence.Cli.Local;

/// <summary>The file of <see cref="SerialGroups"/>.</summary>
internal sealed record SerialFile(IReadOnlyList<SerialFileLine> Locks);

/// <summary>A lock that is held or waited for.</summary>
/// <param name="Key">The key of the group.</param>
/// <param name="Project">The project.</param>
/// <param name="Pipeline">The number of its pipeline.</param>
/// <param name="Workflow">The id of the workflow.</param>
/// <param name="Job">The id of the lock job.</param>
/// <param name="WaitsSince">Since when it waits; missing when it holds the lock.</param>
/// <param name="Process">The process that runs it.</param>
internal sealed record SerialFileLine(string Key, string Project, long Pipeline, Guid Workflow, Guid Job, DateTimeOffset? WaitsSince, string Process);

/// <summary>The JSON of it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(SerialFile))]
internal sealed partial class SerialJson : JsonSerializerContext;
