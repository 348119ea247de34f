using System.Text.Json.Serialization;
using Ringfence.Runner.Caches;
using Ringfence.Runner.TestResults;
using Ringfence.Runner.Workspaces;

namespace Ringfence.Runner.Blobs;

/// <summary>The files that the stores write, as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BlobReference))]
[JsonSerializable(typeof(CacheIndexLine))]
[JsonSerializable(typeof(WorkspaceIndexLine))]
[JsonSerializable(typeof(StoredTestResults))]
internal sealed partial class StoreJson : JsonSerializerContext;
