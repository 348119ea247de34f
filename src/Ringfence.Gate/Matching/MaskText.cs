namespace Ringfence.Gate.Matching;

/// <summary>
/// Chooses what stands in the place of a secret: four asterisks, unless a value begins or ends with an asterisk or has four of them in a row.
/// Then a mask together with the text beside it could spell that value, and another sign is taken.
/// </summary>
internal static class MaskText
{
    public const string Usual = "****";

    // None can be the inside of an escape sequence (Escapes), where it would be left out.
    // A value that is Base64 or hex has a form of arbitrary bytes, so many values rule out many signs: the more first and last bytes there are to choose from, the surer one is left.
    private static readonly string[] Choices =
    [
        Usual, "####", "~~~~", "^^^^", "████", "▒▒▒▒", "░░░░", "◼◼◼◼", "◆◆◆◆",
        .. "¡§¶¿×÷ƒΩЖֆאڪ℗※‡⁂∎⌧━║▓■●☓✱⟦⬛ⵥ⸬ㅁ中唐怖敷縺翻頁한ﬃ﹡𐆖𝟎🀫".EnumerateRunes().Select(sign => string.Concat(Enumerable.Repeat(sign.ToString(), 4))),
    ];

    /// <returns>The mask, or null if every choice could be part of a needle.</returns>
    public static byte[]? Choose(IReadOnlyList<Needle> needles) =>
        Choices.Select(System.Text.Encoding.UTF8.GetBytes).FirstOrDefault(mask => !needles.Any(needle => CanShare(mask, needle.Bytes)));

    /// <summary>Whether an occurrence of the needle could hold a byte of the mask.</summary>
    private static bool CanShare(ReadOnlySpan<byte> mask, ReadOnlySpan<byte> needle)
    {
        if (needle.IndexOf(mask) >= 0 || mask.IndexOf(needle) >= 0)
            return true;
        for (var length = 1; length < Math.Min(mask.Length, needle.Length); length++)
        {
            if (needle.StartsWith(mask[^length..]) || needle.EndsWith(mask[..length]))
                return true;
        }

        return false;
    }
}
