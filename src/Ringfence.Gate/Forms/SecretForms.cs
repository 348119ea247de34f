using System.Collections.Immutable;
using System.Security.Cryptography;
using Ringfence.Gate.Matching;
using Ringfence.Primitives;

namespace Ringfence.Gate.Forms;

/// <summary>Which forms of one value will be caught; for whoever stores a secret. It says names of forms, never the value.</summary>
/// <param name="Names">The forms, the value itself first; those of its parts behind. Empty if nothing will be caught.</param>
/// <param name="Reason">One sentence on why nothing or not all will be caught; empty if there is nothing to say.</param>
public sealed record SecretForms(ImmutableArray<string> Names, string Reason)
{
    /// <summary>What the decoding view resolves, so that no form of its own is needed.</summary>
    private static readonly string[] Resolved =
        ["percent-encoded", "escaped for JSON", "escaped for XML or HTML", "quoted by a shell", "\\xNN", "wrapped or spaced", "coloured"];

    /// <summary>Whether the value itself will be caught.</summary>
    public bool IsMasked => !Names.IsEmpty;

    /// <summary>Whether also its encodings will be caught. If not, it SHOULD be refused as a secret.</summary>
    public bool IsCovered => Names.Length > 1;

    /// <summary>Works out what <see cref="SecretMatcher"/> will look for.</summary>
    public static SecretForms Of(SecretValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (MaskingLimit.WhyNot(value) is { } reason)
            return new SecretForms([], reason);

        var needles = new List<Needle>();
        NeedleBuilder.AddAll(value, 0, needles);
        var names = needles.Select(needle => needle.Form).Distinct(StringComparer.Ordinal).ToList();
        var isShort = needles.Exists(needle => needle.IsExact);
        foreach (var needle in needles)
            CryptographicOperations.ZeroMemory(needle.Bytes);
        if (value.Reveal().Length < MaskingLimit.ShortestEncoded)
            return new SecretForms([.. names], "The value has fewer than 8 bytes: it is masked where it stands as it is, and its encodings are not.");
        return isShort
            ? new SecretForms([.. names], "The value has fewer than 8 signs that are neither spaces, quotes nor backslashes: escaped for a shell or for JSON it is not caught.")
            : new SecretForms([FormList.Plain, .. Resolved, .. names.Where(name => name != FormList.Plain)], "");
    }
}
