using System.Text.Json.Serialization;

namespace Ringfence.Gate.Tests.Cases;

[JsonSerializable(typeof(string))]
internal sealed partial class JsonText : JsonSerializerContext;
