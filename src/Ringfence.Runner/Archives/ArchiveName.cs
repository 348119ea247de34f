using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Runner.Archives;

/// <summary>A name inside an archive that stays below the folder it is unpacked to: parts without <c>.</c>, <c>..</c> or empty ones.</summary>
internal static class ArchiveName
{
    private const int LongestPart = 255;

    /// <summary>The name without <c>./</c> and slashes at the end; empty for the root itself. False when it would leave the root or cannot be a name.</summary>
    public static bool TryClean(string name, [NotNullWhen(true)] out string? clean)
    {
        clean = null;
        if (name.StartsWith('/') || name.Contains('\0', StringComparison.Ordinal))
            return false;
        // On Windows these would be separators and drives.
        if (OperatingSystem.IsWindows() && name.AsSpan().ContainsAny('\\', ':'))
            return false;

        var parts = name.Split('/').Where(part => part is not ("" or ".")).ToArray();
        if (parts.Any(part => part == ".." || System.Text.Encoding.UTF8.GetByteCount(part) > LongestPart))
            return false;

        clean = string.Join('/', parts);
        return true;
    }

    /// <summary>
    /// Whether a link in the folder of <paramref name="entry"/> stays below the root. <c>..</c> may only come first: behind a name that is itself
    /// a link it would lead somewhere else than it seems.
    /// </summary>
    public static bool IsInside(string entry, string target)
    {
        if (target.Length == 0 || target.StartsWith('/') || target.Contains('\0', StringComparison.Ordinal))
            return false;
        if (OperatingSystem.IsWindows() && target.AsSpan().ContainsAny('\\', ':'))
            return false;

        var depth = entry.Count(c => c == '/');
        var parts = target.Split('/').Where(part => part is not ("" or ".")).ToArray();
        var up = parts.TakeWhile(part => part == "..").Count();
        return up <= depth && !parts.Skip(up).Contains("..", StringComparer.Ordinal);
    }
}
