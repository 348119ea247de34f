using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Ringfence.Agent.InJob.Globbing;

/// <summary>
/// Finds the files that match patterns, and looks only into folders below which something can match. Links to folders are followed where a pattern names them,
/// by itself or by a wildcard for one name, but never by <c>**</c>, so that no link leads in circles.
/// </summary>
internal sealed class GlobWalk(GlobAutomaton automaton, string workingDirectory)
{
    private const int MostMatches = 1_000_000;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    private readonly HashSet<string> _matches = new(StringComparer.Ordinal);

    /// <summary>How many entries were left out because their names are not UTF-8.</summary>
    public int Unnameable { get; private set; }

    /// <summary>How many folders were listed.</summary>
    public int Listed { get; private set; }

    /// <summary>Whether there are more matches than allowed.</summary>
    public bool IsTooMuch => _matches.Count > MostMatches;

    /// <summary>The paths of all matches, as the patterns write them, sorted by their bytes.</summary>
    public ImmutableArray<TestName> Matches()
    {
        Visit(workingDirectory, "", automaton.Start);
        Visit("/", "/", automaton.Read(automaton.Start, "/", GlobReading.Spelled));
        return [.. _matches.Select(TestName.OfText).Order()];
    }

    private void Visit(string folder, string prefix, ImmutableArray<int> states)
    {
        if (states.IsEmpty || IsTooMuch)
            return;
        if (automaton.OnlyName(states) is { } name)
        {
            VisitOnly(folder, prefix, name, states);
            return;
        }

        if (automaton.Spells(states, '.'))
        {
            Visit(folder, prefix, automaton.Read(states, "./", GlobReading.Spelled));
            Visit(Path.Join(folder, ".."), prefix + "../", automaton.Read(states, "../", GlobReading.Spelled));
        }

        Listed++;
        foreach (var entry in Entries(folder))
            VisitEntry(folder, prefix, entry, automaton.Read(states, entry.Name, GlobReading.Anything));
    }

    /// <summary>Asks for one name rather than for all: the way to the folder that a pattern begins with may be long, or not readable.</summary>
    private void VisitOnly(string folder, string prefix, string name, ImmutableArray<int> states)
    {
        var path = Path.Join(folder, name);
        var after = automaton.Read(states, name, GlobReading.Spelled);
        if (name.Length > 0 && automaton.IsMatch(after) && File.Exists(path))
            _matches.Add(prefix + name);

        var below = automaton.Read(after, "/", GlobReading.Spelled);
        if (!below.IsEmpty && name.Length > 0 && Directory.Exists(path))
            Visit(path, name == "." ? prefix : $"{prefix}{name}/", below);
    }

    private void VisitEntry(string folder, string prefix, Entry entry, ImmutableArray<int> after)
    {
        if (after.IsEmpty)
            return;
        if (entry.Name.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(Path.Join(folder, entry.Name)))
        {
            Unnameable++;
            return;
        }

        if (!entry.IsFolder && automaton.IsMatch(after))
            _matches.Add(prefix + entry.Name);
        if (entry.IsFolder)
            Visit(Path.Join(folder, entry.Name), $"{prefix}{entry.Name}/", automaton.Read(after, "/", entry.IsLink ? GlobReading.NotDeeper : GlobReading.Anything));
    }

    private static List<Entry> Entries(string folder)
    {
        try
        {
            return [.. new FileSystemEnumerable<Entry>(folder, Entry.Of, Everything)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or not for us: there is nothing to find in it.
            return [];
        }
    }

    private readonly record struct Entry(string Name, bool IsFolder, bool IsLink)
    {
        // The attributes cost a system call, so only folders are asked for them.
        public static Entry Of(ref FileSystemEntry entry) => new(
            entry.FileName.ToString(), entry.IsDirectory, entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) != 0);
    }
}
