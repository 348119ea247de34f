using System.Globalization;
using System.Text;

namespace Ringfence.Cli.Run.Views;

/// <summary>Gives names from a config safe and different names as files of one folder; case does not tell files apart everywhere.</summary>
internal sealed class FileNames
{
    private const int Longest = 60;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that was not given out before.</summary>
    public string Take(string text, string extension = "")
    {
        var slug = Slug(text);
        var name = slug + extension;
        for (var i = 2; !_taken.Add(name); i++)
            name = string.Create(CultureInfo.InvariantCulture, $"{slug}.{i}{extension}");
        return name;
    }

    /// <summary>Letters, digits, dots, dashes and underscores in ASCII; never empty, hidden, or <c>..</c>.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text)
        {
            if (slug.Length >= Longest)
                break;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' || (c is '.' && slug.Length > 0 && slug[^1] != '.'))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var trimmed = slug.ToString().Trim('-', '.');
        return trimmed.Length > 0 ? trimmed : "unnamed";
    }
}
