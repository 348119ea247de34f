using System.Text;

namespace Ringfence.Access.Inventory;

/// <summary>The little of a value that people may see to tell two apart: its last four characters, and only if there are at least 16 (CTX-8, ENV-1).</summary>
public static class ValueEnding
{
    private const int Shown = 4;
    private const int Least = 16;

    /// <summary>For a context's variable: the ending, or nothing.</summary>
    public static string OfContext(ReadOnlySpan<byte> value) => Ending(value);

    /// <summary>For a project's variable: <c>xxxx</c> and the ending, or <c>xxxx</c> alone.</summary>
    public static string OfProject(ReadOnlySpan<byte> value) => "xxxx" + Ending(value);

    private static string Ending(ReadOnlySpan<byte> value)
    {
        // Characters, not bytes: four characters of three bytes each are not sixteen.
        if (Encoding.UTF8.GetCharCount(value) < Least)
            return "";

        var ending = value[^Shown..];
        foreach (var b in ending)
        {
            if (b is < 0x21 or > 0x7e)
                return "";
        }

        return Encoding.ASCII.GetString(ending);
    }
}
