using System.Text;

namespace Ringfence.Config.Packing;

/// <summary>
/// The order in which Go's YAML library writes keys: <c>a2</c> before <c>a10</c>, <c>GOTEST_MOD</c> before <c>GOTESTARCH</c>. It shows in what is
/// compiled afterwards, since the order of <c>environment</c> is kept.
/// </summary>
internal sealed class GoKeyOrder : IComparer<string>
{
    public static GoKeyOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = ((x ?? "").EnumerateRunes().ToArray(), (y ?? "").EnumerateRunes().ToArray());
        var same = 0;
        while (same < left.Length && same < right.Length && left[same] == right[same])
            same++;
        if (same == left.Length || same == right.Length)
            return left.Length.CompareTo(right.Length);

        var (leftIsLetter, rightIsLetter) = (Rune.IsLetter(left[same]), Rune.IsLetter(right[same]));
        if (leftIsLetter && rightIsLetter)
            return left[same].CompareTo(right[same]);
        if (leftIsLetter || rightIsLetter)
        {
            // Letters come after other signs, but right behind a digit before them.
            var isBehindDigit = same > 0 && Rune.IsDigit(left[same - 1]);
            return leftIsLetter == isBehindDigit ? -1 : 1;
        }

        return CompareNumbers(left, right, same);
    }

    /// <summary>Compares the digits from a place on by value, then by their count; what is no digit counts as none.</summary>
    private static int CompareNumbers(Rune[] left, Rune[] right, int from)
    {
        // Zeros in the middle of a number are part of its value, zeros at its start are not.
        var isInsideNumber = false;
        for (var i = from - 1; i >= 0 && Rune.IsDigit(left[i]); i--)
            isInsideNumber |= left[i].Value != '0';
        var (leftDigits, rightDigits) = (Digits(left, from), Digits(right, from));
        var byValue = isInsideNumber
            ? leftDigits.Length.CompareTo(rightDigits.Length)
            : CompareValues(leftDigits.TrimStart('0'), rightDigits.TrimStart('0'));
        if (byValue == 0 && leftDigits.Length == rightDigits.Length)
            byValue = string.CompareOrdinal(leftDigits, rightDigits);
        if (byValue != 0)
            return byValue;
        return leftDigits.Length != rightDigits.Length ? leftDigits.Length.CompareTo(rightDigits.Length) : left[from].CompareTo(right[from]);
    }

    private static int CompareValues(string left, string right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);

    private static string Digits(Rune[] text, int from)
    {
        var digits = new StringBuilder();
        for (var i = from; i < text.Length && Rune.IsDigit(text[i]); i++)
            digits.Append((char)('0' + (int)Rune.GetNumericValue(text[i])));
        return digits.ToString();
    }
}
