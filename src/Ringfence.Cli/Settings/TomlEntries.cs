using System.Collections.Immutable;
using Ringfence.Cli.Diagnostics;
using Ringfence.Primitives;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Ringfence.Cli.Settings;

/// <summary>Takes a text in TOML apart into its keys and values, however its tables are written.</summary>
internal static class TomlEntries
{
    private const int MostCharacters = 64 * 1024;
    private const int MostProblems = 20;

    // A checkout may hold anything, also a thousand brackets in a row.
    private static readonly TomlSerializerOptions Limits = new() { MaxDepth = 16 };

    /// <summary>All keys in the order of the text; nothing, and the problems reported, when it is not TOML.</summary>
    public static IReadOnlyList<TomlEntry> Read(SourceText source, DiagnosticBag diagnostics)
    {
        if (source.Text.Length > MostCharacters)
        {
            diagnostics.Add(new Diagnostic(RunCodes.BadSettings, new Primitives.SourceSpan(source, 0, 0), $"A settings file has at most {MostCharacters / 1024} KiB."));
            return [];
        }

        DocumentSyntax document;
        try
        {
            document = SyntaxParser.Parse(source.Text, Limits, source.Path, validate: true);
        }
        catch (TomlException)
        {
            diagnostics.Add(new Diagnostic(RunCodes.BadSettings, new Primitives.SourceSpan(source, 0, 0), $"A value is nested more than {Limits.MaxDepth} deep; no setting is.", null));
            return [];
        }

        if (document.HasErrors)
        {
            foreach (var problem in document.Diagnostics.Where(d => d.Kind is DiagnosticMessageKind.Error).Take(MostProblems))
                diagnostics.Add(new Diagnostic(RunCodes.BadSettings, Span(source, problem.Span), $"This is not TOML: {problem.Message.TrimEnd('.')}."));
            return [];
        }

        var entries = new List<TomlEntry>();
        foreach (var pair in document.KeyValues)
            Add(source, [], pair, entries);
        foreach (var table in document.Tables)
        {
            var path = Names(table.Name);
            if (table.Items.ChildrenCount == 0 || table is TableArraySyntax)
                entries.Add(new TomlEntry(path, Span(source, table.Name!.Span), null));
            else
                foreach (var pair in table.Items)
                    Add(source, path, pair, entries);
        }

        return entries;
    }

    private static void Add(SourceText source, ImmutableArray<string> path, KeyValueSyntax pair, List<TomlEntry> entries)
    {
        path = [.. path, .. Names(pair.Key)];
        if (pair.Value is not InlineTableSyntax inline)
        {
            entries.Add(new TomlEntry(path, Span(source, pair.Key!.Span), pair.Value));
            return;
        }

        foreach (var item in inline.Items)
            Add(source, path, item.KeyValue!, entries);
    }

    // A text without errors has all of its parts.
    private static ImmutableArray<string> Names(KeySyntax? key) => [Name(key!.Key!), .. key.DotKeys.Select(dotted => Name(dotted.Key!))];

    private static string Name(BareKeyOrStringValueSyntax key) => key switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax text => text.Value ?? "",
        _ => "",
    };

    private static Primitives.SourceSpan Span(SourceText source, Tomlyn.Syntax.SourceSpan span) => new(source, span.Start.Offset, span.End.Offset + 1);
}
