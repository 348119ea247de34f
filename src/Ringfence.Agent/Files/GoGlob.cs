using System.Text;
using System.Text.RegularExpressions;

namespace Ringfence.Agent.Files;

/// <summary>Go's <c>filepath.Glob</c>, which CircleCI's workspaces use (EX-7.54): no <c>**</c>, and a name that begins with a dot is like any other.</summary>
internal static class GoGlob
{
    /// <summary>The paths that match, relative to the folder, sorted.</summary>
    public static IReadOnlyList<string> Find(string directory, string pattern)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> found = [pattern.StartsWith('/') ? "/" : ""];
        foreach (var part in parts)
            found = HasMeta(part) ? found.SelectMany(p => Children(directory, p, part)) : found.Select(p => Join(p, part)).Where(p => Exists(Path.Combine(directory, p)));
        return [.. found.Where(p => p.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static bool HasMeta(string part) => part.AsSpan().ContainsAny('*', '?', '[') || part.Contains('\\', StringComparison.Ordinal);

    private static IEnumerable<string> Children(string directory, string below, string part)
    {
        var folder = Path.Combine(directory, below);
        if (!Directory.Exists(folder))
            return [];
        var pattern = new Regex(Translate(part), RegexOptions.NonBacktracking | RegexOptions.Singleline);
        return Directory.EnumerateFileSystemEntries(folder).Select(child => Path.GetFileName(child)).Where(name => pattern.IsMatch(name)).Select(name => Join(below, name));
    }

    private static string Translate(string part)
    {
        var text = new StringBuilder(@"\A");
        for (var i = 0; i < part.Length; i++)
        {
            switch (part[i])
            {
                case '*':
                    text.Append(".*");
                    break;
                case '?':
                    text.Append('.');
                    break;
                case '\\' when i + 1 < part.Length:
                    text.Append(Regex.Escape(part[++i].ToString()));
                    break;
                case '[' when part.IndexOf(']', i + 1) is var close and > 0:
                    var set = part[(i + 1)..close];
                    text.Append('[').Append(set.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal)).Append(']');
                    i = close;
                    break;
                default:
                    text.Append(Regex.Escape(part[i].ToString()));
                    break;
            }
        }

        return text.Append(@"\z").ToString();
    }

    private static string Join(string below, string name) => below.Length == 0 ? name : below is "/" ? "/" + name : $"{below}/{name}";

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
