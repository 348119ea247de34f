using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ringfence.Agent.InJob.Flags;

/// <summary>What a call of a command says: its flags by their long names, the last of several counting, and its arguments.</summary>
internal sealed record GivenFlags(FrozenDictionary<string, string> Values, ImmutableArray<string> Arguments)
{
    /// <summary>The value of a flag; null when it is not given.</summary>
    public string? Value(string name) => Values.GetValueOrDefault(name);

    /// <summary>Whether a switch is on.</summary>
    public bool Has(string name) => Values.GetValueOrDefault(name) == "true";
}
