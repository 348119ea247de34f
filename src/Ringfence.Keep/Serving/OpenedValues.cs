using Ringfence.Gate;
using Ringfence.Gate.Logs;
using Ringfence.Keep.Ledgers;
using Ringfence.Primitives;

namespace Ringfence.Keep.Serving;

/// <summary>The values that one grant releases, while it is made. The ledger outlives them, and what a config calls its steps may hold one.</summary>
internal sealed class OpenedValues : IDisposable
{
    private readonly List<GateSecret> _values = [];

    /// <summary>Takes a value over.</summary>
    /// <returns>The same value.</returns>
    public SecretValue Add(string name, SecretValue value)
    {
        _values.Add(new GateSecret(name, value));
        return value;
    }

    /// <summary>What the ledger may say of the job: as a config writes it, with all values masked (MSK-7).</summary>
    public LedgerJob Masked(LedgerJob job)
    {
        using var matcher = SecretMatcher.Build(_values);
        string Of(string text) => MaskedText.Of(matcher, text);
        return job with { Name = Of(job.Name), Ref = Of(job.Ref), Images = [.. job.Images.Select(Of)], Orbs = [.. job.Orbs.Select(Of)], Steps = [.. job.Steps.Select(Of)] };
    }

    public void Dispose()
    {
        foreach (var held in _values)
            held.Value.Dispose();
    }
}
