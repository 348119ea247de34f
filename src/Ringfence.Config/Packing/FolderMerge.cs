using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Packing;

/// <summary>
/// Makes one map of a folder (CL-23.1a). A file or folder is the value of the key it is named after; the files of the top folder and
/// files named <c>@….yml</c> belong to the folder itself. Maps are joined one level deep: of the same key in two of them the later value stands.
/// </summary>
internal sealed class FolderMerge(DiagnosticBag diagnostics, Limits limits)
{
    /// <summary>The map of a tree; null when something is wrong with it, and then the reason is reported.</summary>
    public YamlMapping? Merge(IEnumerable<KeyValuePair<string, SourceText>> files)
    {
        var top = new PackFolder("");
        foreach (var (path, file) in files)
        {
            if (path.Count(c => c == '/') > limits.YamlDepth)
            {
                Refuse(PackCodes.TooDeep, new SourceSpan(file, 0, 0), $"Folders are nested more than {limits.YamlDepth} deep.", "Move the file up.");
                return null;
            }

            top.Add(path, file);
        }

        var merged = Merge(top, isTop: true);
        if (merged.Entries.IsEmpty && !diagnostics.HasErrors)
            Refuse(PackCodes.NothingToPack, SourceSpan.None, "The folder has no .yml files.", "Files whose name begins with '.' are left out.");
        else if (merged.ExpandedSize > limits.ExpandedNodes)
            Refuse(YamlCodes.TooManyAliases, merged.Span, $"The packed document has more than {limits.ExpandedNodes:N0} values.", "Use fewer aliases of aliases.");
        return diagnostics.HasErrors ? null : new GoDocument().Sorted(merged);
    }

    private YamlMapping Merge(PackFolder folder, bool isTop)
    {
        var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var (name, subfolder, file) in folder.Children)
        {
            if (subfolder is not null)
            {
                if (Merge(subfolder, isTop: false) is { Entries.IsEmpty: false } below)
                    PutBelow(entries, subfolder.Key, below);
            }
            else if (file is not null && Read(file) is { } content)
            {
                if (isTop || name[0] == '@')
                    Take(entries, content);
                else
                    PutBelow(entries, PackFolder.KeyOf(name), content);
            }
        }

        return new YamlMapping(entries.Values.FirstOrDefault().Key?.Span ?? SourceSpan.None, [.. entries.Values]);
    }

    private YamlMapping? Read(SourceText file)
    {
        var problems = new DiagnosticBag();
        var node = YamlReader.Read(file, problems, limits);
        foreach (var problem in problems.ToImmutable().Where(p => p.Code != YamlCodes.Empty))
            diagnostics.Add(problem);
        if (node is YamlMapping mapping)
            return mapping;

        if (!problems.HasErrors || problems.ToImmutable().All(p => p.Code == YamlCodes.Empty))
        {
            var found = node switch { YamlSequence => "a list", YamlScalar { IsNull: false } => "a text", _ => "nothing" };
            Refuse(
                PackCodes.NotAMap,
                new SourceSpan(file, 0, 0),
                $"expected a map, got {found}: a packed file is a map of keys.",
                node is YamlSequence ? "Put the list below a key." : "Give it keys, or remove the file.");
        }

        return null;
    }

    private void PutBelow(Dictionary<string, YamlEntry> entries, string name, YamlMapping content)
    {
        var key = new YamlScalar(content.Span with { End = content.Span.Start }, name, ScalarKind.String, ScalarStyle.Plain);
        if (!entries.TryGetValue(name, out var present) || present.Value is YamlScalar { IsNull: true })
        {
            entries[name] = new YamlEntry(key, content);
            return;
        }

        if (present.Value is not YamlMapping before)
        {
            Refuse(PackCodes.NotMergeable, content.Span, $"The keys of this file belong below '{name}', which is not a map at {present.Key.Span}.", "Rename the file, or remove the other value.");
            return;
        }

        var joined = before.Entries.ToDictionary(e => e.Name, StringComparer.Ordinal);
        Take(joined, content);
        entries[name] = new YamlEntry(present.Key, new YamlMapping(before.Span, [.. joined.Values]));
    }

    private void Take(Dictionary<string, YamlEntry> entries, YamlMapping content)
    {
        foreach (var entry in content.Entries)
        {
            if (entries.TryGetValue(entry.Name, out var replaced) && !YamlEquality.SameData(replaced.Value, entry.Value))
            {
                diagnostics.Add(new Diagnostic(
                    PackCodes.Replaced,
                    entry.Key.Span,
                    $"This '{entry.Name}' replaces the one at {replaced.Key.Span}: maps are joined one level deep only.",
                    $"Write '{entry.Name}' in one file, or give each of its keys a file of its own."));
            }

            entries[entry.Name] = entry;
        }
    }

    private void Refuse(DiagnosticCode code, SourceSpan span, string message, string hint) => diagnostics.Add(new Diagnostic(code, span, message, hint));
}
