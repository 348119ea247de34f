using System.Collections.Immutable;
using System.Security.Cryptography;
using Ringfence.Gate.Forms;
using Ringfence.Gate.Matching;
using Ringfence.Primitives;

namespace Ringfence.Gate;

/// <summary>
/// Every form of every secret of a job, ready to be looked for. Built once; safe to share between threads until disposed, which zeroes what it holds.
/// Disposing twice is safe; disposing MUST NOT overlap with a search.
/// </summary>
public sealed class SecretMatcher : IDisposable
{
    private readonly ImmutableArray<GateSecret> _secrets;
    private readonly ImmutableArray<Needle> _needles;

    private SecretMatcher(ImmutableArray<GateSecret> secrets, ImmutableArray<Needle> needles, ImmutableArray<UnmaskedSecret> unmasked, byte[] mask)
    {
        (_secrets, _needles, Unmasked, Mask) = (secrets, needles, unmasked, mask);
        Needle[] viewed = [.. needles.Where(needle => !needle.IsExact)];
        Needle[] exact = [.. needles.Where(needle => needle.IsExact)];
        LongGrams = new GramTable([.. viewed.Where(needle => needle.Bytes.Length >= GramTable.LongNeedle)], GramTable.LongStride);
        ShortGrams = new GramTable([.. viewed.Where(needle => needle.Bytes.Length < GramTable.LongNeedle)], GramTable.ShortStride);
        Heads = new HeadTable(viewed);
        Exact = new ExactTable(exact);
        ExactHeads = new HeadTable(exact);
    }

    /// <summary>The values that cannot be looked for (MSK-2), with the reasons.</summary>
    public ImmutableArray<UnmaskedSecret> Unmasked { get; }

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => _needles.IsEmpty;

    /// <summary>What stands for a secret in a log: four asterisks (MSK-1), or another sign if a value could be spelled with them.</summary>
    internal byte[] Mask { get; }

    internal GramTable LongGrams { get; }

    internal GramTable ShortGrams { get; }

    internal HeadTable Heads { get; }

    internal ExactTable Exact { get; }

    internal HeadTable ExactHeads { get; }

    internal int NeedleCount => _needles.Length;

    /// <summary>Builds all forms. The caller still owns the values.</summary>
    public static SecretMatcher Build(IEnumerable<GateSecret> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ImmutableArray<GateSecret> copies = [.. secrets.Select(secret => secret with { Value = new SecretValue(secret.Value.Reveal()) })];
        var unmasked = ImmutableArray.CreateBuilder<UnmaskedSecret>();
        var needles = new List<Needle>();
        for (var i = 0; i < copies.Length; i++)
        {
            if (MaskingLimit.WhyNot(copies[i].Value) is { } reason)
                unmasked.Add(new UnmaskedSecret(copies[i].Name, reason));
            else
                NeedleBuilder.AddAll(copies[i].Value, i, needles);
        }

        var mask = MaskText.Choose(needles) ?? LeaveOutUnsafe(needles, copies, unmasked);
        return new SecretMatcher(copies, [.. needles], unmasked.ToImmutable(), mask);
    }

    /// <summary>Another matcher that looks for these values and for more; this one stays as it is. For what a step adds while it runs (MSK-6).</summary>
    public SecretMatcher With(IEnumerable<GateSecret> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return Build(_secrets.Concat(more));
    }

    /// <summary>Zeroes the values and their forms.</summary>
    public void Dispose()
    {
        foreach (var needle in _needles)
            CryptographicOperations.ZeroMemory(needle.Bytes);
        foreach (var secret in _secrets)
            secret.Value.Dispose();
    }

    internal string NameOf(Needle needle) => _secrets[needle.Secret].Name;

    /// <summary>Values that are made of the very signs of all masks. Nobody has them; a masked text that spells them would break the law.</summary>
    private static byte[] LeaveOutUnsafe(List<Needle> needles, ImmutableArray<GateSecret> secrets, ImmutableArray<UnmaskedSecret>.Builder unmasked)
    {
        foreach (var secret in needles.GroupBy(needle => needle.Secret).Select(group => group.ToList()).ToList())
        {
            if (MaskText.Choose(secret) is { } mask && mask.AsSpan().SequenceEqual("****"u8))
                continue;
            needles.RemoveAll(needle => needle.Secret == secret[0].Secret);
            unmasked.Add(new UnmaskedSecret(secrets[secret[0].Secret].Name, "The value begins or ends with an asterisk, and other values rule out every other mask."));
        }

        return [.. "****"u8];
    }
}
