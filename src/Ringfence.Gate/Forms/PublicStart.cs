namespace Ringfence.Gate.Forms;

/// <summary>What stands at the beginning of every key in OpenSSH's format, anybody's: its first two lines say what follows. Tests and examples are full of it.</summary>
internal static class PublicStart
{
    private const string Label = "-----BEGIN OPENSSH PRIVATE KEY-----";

    // "openssh-key-v1" in Base64.
    private const string Line = "b3BlbnNzaC1rZXktdjE";

    /// <summary>How many bytes of a value are the same for everybody; 0 for most values.</summary>
    public static int LengthOf(ReadOnlySpan<byte> value)
    {
        var label = System.Text.Encoding.ASCII.GetBytes(Label);
        if (!value.StartsWith(label))
            return 0;
        var behind = label.Length + value[label.Length..].IndexOfAnyExcept((byte)'\r', (byte)'\n');
        var end = behind < label.Length ? -1 : value[behind..].IndexOf((byte)'\n');
        return end < 0 ? label.Length : behind + end;
    }

    /// <summary>Whether a line of a value is the same for everybody.</summary>
    public static bool IsLine(string line) => line.StartsWith("-----", StringComparison.Ordinal) || line.StartsWith(Line, StringComparison.Ordinal);
}
