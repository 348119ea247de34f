using System.Buffers;
using System.Globalization;

namespace Ringfence.Keep.Ledgers;

/// <summary>How far the ledger had come at a moment. Whoever keeps one can tell later whether the ledger still says the same.</summary>
/// <param name="Number">The number of the last entry; 0 for none.</param>
/// <param name="Hash">Its SHA-256 in hex; empty for none.</param>
public sealed record LedgerHead(long Number, string Hash)
{
    private const int HashDigits = 64;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>A ledger without entries.</summary>
    public static LedgerHead Empty { get; } = new(0, "");

    /// <summary>As a person passes it on: <c>17:9f86…</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Hash}");

    /// <summary>Reads what <see cref="ToString"/> writes; null when it is something else.</summary>
    public static LedgerHead? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cut = text.IndexOf(':', StringComparison.Ordinal);
        return cut > 0 && (cut == 1 || text[0] != '0') && long.TryParse(text.AsSpan(0, cut), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && IsHashOf(number, text.AsSpan(cut + 1))
            ? new LedgerHead(number, text[(cut + 1)..])
            : null;
    }

    /// <summary>Whether a ledger without gaps has this entry.</summary>
    /// <param name="entries">Its entries.</param>
    /// <param name="last">Its head.</param>
    internal bool IsIn(IReadOnlyList<LedgerEntry> entries, LedgerHead last) =>
        Number == 0 || (Number == last.Number ? Hash == last.Hash : Number < last.Number && entries[(int)Number].Previous == Hash);

    private static bool IsHashOf(long number, ReadOnlySpan<char> text) => number == 0 ? text.IsEmpty : text.Length == HashDigits && !text.ContainsAnyExcept(Hex);
}
