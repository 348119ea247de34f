using System.Buffers.Text;
using System.Security.Cryptography;

namespace Ringfence.Gate.Forms;

/// <summary>
/// What base64 makes of a value that stands anywhere in what is encoded. Three characters stand for four, so there are three alignments; of each,
/// the characters that the value alone decides. Padding is left out, since it stands behind; line wraps, since the view has none.
/// </summary>
internal static class Base64Forms
{
    private const int Alignments = 3;

    /// <summary>Values longer than this are encoded once or twice, not three times.</summary>
    private const int LongestThrice = 4096;

    private const int WrapColumn = 76;

    public static IEnumerable<Form> Of(byte[] value)
    {
        for (var alignment = 0; alignment < Alignments; alignment++)
        {
            foreach (var text in Texts(value, alignment))
            {
                yield return new Form("base64", text);
                if (text.AsSpan().IndexOfAny((byte)'+', (byte)'/') >= 0)
                    yield return new Form("base64url", Url(text));
            }
        }
    }

    public static IEnumerable<Form> Twice(byte[] value)
    {
        foreach (var inner in Inner(value))
        {
            for (var alignment = 0; alignment < Alignments; alignment++)
            {
                foreach (var text in Texts(inner, alignment))
                    yield return new Form("base64 of base64", text);
            }
        }

        if (value.Length > LongestThrice)
            yield break;
        for (var alignments = 0; alignments < Alignments * Alignments * Alignments; alignments++)
        {
            var inner = Core(Core(value, alignments % Alignments), alignments / Alignments % Alignments);
            yield return new Form("base64 three times", Core(inner, alignments / (Alignments * Alignments)));
        }
    }

    /// <summary>Of something that was made of the value.</summary>
    public static IEnumerable<Form> Of(string name, byte[] made)
    {
        for (var alignment = 0; alignment < Alignments; alignment++)
            yield return new Form($"base64 of {name}", Core(made, alignment));
    }

    /// <summary>Read backwards; what stands before and behind it then stands behind and before.</summary>
    public static IEnumerable<Form> Backwards(byte[] value)
    {
        for (var alignment = 0; alignment < Alignments; alignment++)
            yield return new Form("base64 reversed", [.. AtEnd(value, alignment).Reverse()]);
    }

    /// <summary>Followed by anything; at the end; followed by the newline that <c>echo</c> adds.</summary>
    private static IEnumerable<byte[]> Texts(byte[] value, int alignment)
    {
        yield return Core(value, alignment);
        yield return AtEnd(value, alignment);
        yield return AtEnd([.. value, (byte)'\n'], alignment);
    }

    private static IEnumerable<byte[]> Inner(byte[] value)
    {
        for (var alignment = 0; alignment < Alignments; alignment++)
            yield return Core(value, alignment);
        yield return AtEnd(value, 0);
        var line = AtEnd([.. value, (byte)'\n'], 0);
        yield return line;
        // The base64 program wraps its lines, so the second encoding sees newlines in the first.
        if (line.Length > WrapColumn)
            yield return [.. line.Chunk(WrapColumn).SelectMany((chunk, index) => index == 0 ? chunk : chunk.Prepend((byte)'\n'))];
    }

    private static byte[] Core(byte[] value, int alignment)
    {
        var (all, first) = Encoded(value, alignment);
        var end = 8 * (alignment + value.Length) / 6;
        return end <= first ? [] : all[first..end];
    }

    private static byte[] AtEnd(byte[] value, int alignment)
    {
        var (all, first) = Encoded(value, alignment);
        return all.Length <= first ? [] : all[first..];
    }

    private static (byte[] All, int First) Encoded(byte[] value, int alignment)
    {
        byte[] shifted = [.. new byte[alignment], .. value];
        var encoded = new byte[Base64.GetMaxEncodedToUtf8Length(shifted.Length)];
        Base64.EncodeToUtf8(shifted, encoded, out _, out _);
        CryptographicOperations.ZeroMemory(shifted);
        var length = encoded.AsSpan().TrimEnd((byte)'=').Length;
        return (encoded[..length], ((8 * alignment) + 5) / 6);
    }

    private static byte[] Url(byte[] standard)
    {
        byte[] url = [.. standard];
        url.AsSpan().Replace((byte)'+', (byte)'-');
        url.AsSpan().Replace((byte)'/', (byte)'_');
        return url;
    }
}
