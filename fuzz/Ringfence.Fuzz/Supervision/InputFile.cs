using System.Runtime.InteropServices;

namespace Ringfence.Fuzz.Supervision;

/// <summary>An input on disk: UTF-8, or its UTF-16 units as they are when it is not well-formed, behind a byte order mark.</summary>
internal static class InputFile
{
    private const char Mark = '\uFEFF';

    public static void Write(string file, string input)
    {
        if (HasLoneSurrogate(input))
            File.WriteAllBytes(file, MemoryMarshal.AsBytes((Mark + input).AsSpan()));
        else
            File.WriteAllText(file, input);
    }

    public static string Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes is [0xFF, 0xFE, ..] ? MemoryMarshal.Cast<byte, char>(bytes.AsSpan(2)).ToString() : System.Text.Encoding.UTF8.GetString(bytes);
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }

        return false;
    }
}
