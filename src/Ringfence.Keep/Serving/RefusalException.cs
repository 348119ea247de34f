using Ringfence.Protocol.Keeps;

namespace Ringfence.Keep.Serving;

/// <summary>What was asked is refused, before anything was changed. The sentences go to whoever asked.</summary>
internal sealed class RefusalException(RefusalKind kind, params IEnumerable<string> sentences) : Exception(string.Join(' ', sentences))
{
    public Refused Refused { get; } = new() { Kind = kind, Sentences = { sentences } };
}
