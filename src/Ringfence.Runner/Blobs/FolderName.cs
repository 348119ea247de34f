using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Runner.Blobs;

/// <summary>A name from outside as the name of one folder or file: readable where that is safe, and different for different names where the file system tells capitals apart.</summary>
public static class FolderName
{
    private const int Longest = 100;

    /// <summary>The name of the folder for a name; the same name always has the same folder.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(name))
        {
            var c = (char)unit;
            // A dot at the start would make a hidden folder, or "." and "..".
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (c == '.' && text.Length > 0))
                text.Append(c);
            else
                text.Append('%').Append(unit.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (text.Length == 0)
            return "%";
        return text.Length <= Longest ? text.ToString() : $"{text.ToString(0, 60)}~{Hash(name)}";
    }

    /// <summary>The first 32 hex digits of the name's SHA-256.</summary>
    public static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
}
