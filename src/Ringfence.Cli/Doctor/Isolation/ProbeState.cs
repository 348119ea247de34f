using System.Text.Json.Serialization;

namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>What came of a probe.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProbeState>))]
internal enum ProbeState
{
    /// <summary>The thief did not get at it.</summary>
    [JsonStringEnumMemberName("safe")]
    Safe,

    /// <summary>It could not be tried, so nothing is known.</summary>
    [JsonStringEnumMemberName("not-tried")]
    NotTried,

    /// <summary>The thief got at it.</summary>
    [JsonStringEnumMemberName("found")]
    Found,
}
