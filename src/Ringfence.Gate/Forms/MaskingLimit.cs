using Ringfence.Primitives;

namespace Ringfence.Gate.Forms;

/// <summary>Which values are too short or too usual to be looked for (MSK-2).</summary>
internal static class MaskingLimit
{
    /// <summary>Bytes of the shortest value that is masked at all.</summary>
    public const int Shortest = 4;

    /// <summary>Bytes of the shortest value whose encodings are looked for, and of the shortest form of any value (MSK-5).</summary>
    public const int ShortestEncoded = 8;

    public static string? WhyNot(SecretValue value)
    {
        var bytes = value.Reveal();
        if (bytes.Length < Shortest)
            return "The value has fewer than 4 bytes: masking it would spoil ordinary text.";
        if (bytes.SequenceEqual("true"u8) || bytes.SequenceEqual("True"u8) || bytes.SequenceEqual("false"u8) || bytes.SequenceEqual("False"u8))
            return "The value is true or false: masking it would spoil ordinary text.";
        return null;
    }
}
