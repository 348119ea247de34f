using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Protocol.Tests;

/// <summary>The JSON of the files about tests that the runner writes and the command in the job reads. Both MUST use this context.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TestTimings))]
[JsonSerializable(typeof(FailedTests))]
public sealed partial class TestFilesJson : JsonSerializerContext;
