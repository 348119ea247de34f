using System.Collections.Immutable;
using Ringfence.Cli.Diagnostics;
using Ringfence.Primitives;

namespace Ringfence.Cli.Input;

/// <summary>Reads all files of a folder tree that the user named. It follows no links, so that a tree cannot reach outside itself.</summary>
internal sealed class FolderReader(Surroundings surroundings, DiagnosticBag problems)
{
    private const int MostFiles = 10_000;
    private const int MostDepth = 32;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = MostDepth,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = false,
    };

    /// <summary>The files, by path from the folder with forward slashes, in ordinal order; empty when something is wrong, and then the reason is reported.</summary>
    /// <param name="path">The folder as the user wrote it.</param>
    /// <param name="isWanted">Which files, by their path from the folder.</param>
    public ImmutableSortedDictionary<string, SourceText> Read(string path, Func<string, bool> isWanted)
    {
        var none = ImmutableSortedDictionary<string, SourceText>.Empty.WithComparers(StringComparer.Ordinal);
        var full = surroundings.FullPath(path);
        if (!Directory.Exists(full))
            return Refuse(none, InputCodes.Missing, File.Exists(full) ? $"{path} is a file, not a folder." : $"The folder {path} does not exist.");

        string[] names;
        try
        {
            names = [.. Directory.EnumerateFiles(full, "*", Everything)
                .Select(f => Path.GetRelativePath(full, f).Replace('\\', '/'))
                .Where(isWanted)
                .Take(MostFiles + 1)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(none, InputCodes.Unreadable, $"The folder {path} cannot be read.");
        }

        if (names.Length > MostFiles)
            return Refuse(none, InputCodes.TooLarge, $"The folder {path} has more than {MostFiles:N0} files.");
        if (names.Length == 0)
            return Refuse(none, InputCodes.Missing, $"The folder {path} has no YAML files.");

        return ReadAll(path, names, none);
    }

    private ImmutableSortedDictionary<string, SourceText> ReadAll(string path, string[] names, ImmutableSortedDictionary<string, SourceText> none)
    {
        var input = new InputReader(surroundings, problems);
        var files = none.ToBuilder();
        long size = 0;
        foreach (var name in names)
        {
            if (input.Read(Path.Combine(path, name), "file") is not { } text)
                return none;
            files.Add(name, text);
            size += text.Text.Length;
            if (size > InputReader.MaximumBytes)
                return Refuse(none, InputCodes.TooLarge, $"The files of {path} have more than {InputReader.MaximumBytes:N0} characters together.");
        }

        return files.ToImmutable();
    }

    private ImmutableSortedDictionary<string, SourceText> Refuse(ImmutableSortedDictionary<string, SourceText> none, DiagnosticCode code, string message)
    {
        problems.Add(new Diagnostic(code, SourceSpan.None, message, "Name a folder with .yml files."));
        return none;
    }
}
