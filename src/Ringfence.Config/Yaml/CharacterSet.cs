using System.Buffers;

namespace Ringfence.Config.Yaml;

/// <summary>The characters that a YAML text may hold. CircleCI's reader refuses a text with any other; ours would stop at a NUL as if the text ended there.</summary>
internal static class CharacterSet
{
    private static readonly SearchValues<char> Refused = SearchValues.Create(
    [
        .. from code in Enumerable.Range(0, 0xA0)
           where code is < 0x20 or > 0x7E && code is not ('\t' or '\n' or '\r' or 0x85)
           select (char)code,
        '\uFFFE', '\uFFFF',
    ]);

    /// <summary>The offset of the first character that a text may not hold; -1 if all are fine.</summary>
    public static int FirstRefused(string text) => text.AsSpan().IndexOfAny(Refused);
}
