using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ringfence.Config.Diagnostics;
using Ringfence.Primitives;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ringfence.Config.Yaml;

/// <summary>
/// Reads a YAML text into a tree in which every value knows its place. Aliases, merge keys, duplicate keys and the meaning of
/// plain scalars follow YAML 1.1 as CircleCI's reader applies it (CL-1.3 to CL-1.8). Problems become diagnostics, never exceptions.
/// </summary>
public sealed class YamlReader
{
    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly Limits _limits;
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private readonly List<YamlNode> _items = [];
    private readonly List<YamlEntry> _entries = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Stack<ParsingEvent> _open = new();
    private readonly Parser _parser;
    private readonly bool _hasTabs;
    private bool _tooLarge;

    private YamlReader(SourceText source, DiagnosticBag diagnostics, Limits limits)
    {
        _source = source;
        _diagnostics = diagnostics;
        _limits = limits;
        _hasTabs = source.Text.Contains('\t', StringComparison.Ordinal);
        _parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
    }

    /// <summary>Reads the one document of a text.</summary>
    /// <returns>The document, or null when the text is not YAML, is empty or is beyond a limit; then <paramref name="diagnostics"/> says why.</returns>
    public static YamlNode? Read(SourceText source, DiagnosticBag diagnostics, Limits limits)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(limits);
        if (source.Text.Length > limits.SourceCharacters)
        {
            diagnostics.Add(new Diagnostic(
                YamlCodes.TooLarge,
                new SourceSpan(source, 0, 0),
                $"The text has {source.Text.Length:N0} characters; at most {limits.SourceCharacters:N0} are read.",
                "Split the config, or move long scripts into files of the repository."));
            return null;
        }

        if (CharacterSet.FirstRefused(source.Text) is >= 0 and var refused)
        {
            diagnostics.Add(new Diagnostic(
                YamlCodes.Syntax,
                new SourceSpan(source, refused, refused + 1),
                $"{SyntaxWording.Prefix}special characters are not allowed: U+{(int)source.Text[refused]:X4}",
                "The file is not a text, or a character that cannot be seen got into it; remove it."));
            return null;
        }

        var reader = new YamlReader(source, diagnostics, limits);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            reader.Report(e);
            return null;
        }
    }

    private YamlNode? ReadDocument()
    {
        Advance();
        Advance();
        if (_parser.Current is not DocumentStart)
        {
            Add(YamlCodes.Empty, new SourceSpan(_source, 0, 0), "The file is empty.", "A config starts with 'version: 2.1'.");
            return null;
        }

        Advance();
        var root = ReadNode(0);
        Advance();
        if (_parser.Current is DocumentEnd)
            Advance();
        if (_parser.Current is DocumentStart second)
        {
            Add(
                YamlCodes.SeveralDocuments,
                SpanOf(second),
                SyntaxWording.Prefix + "expected a single document in the stream, but found another document.",
                "Remove the '---' line, or all documents but one.");
            return null;
        }

        return _tooLarge ? null : root;
    }

    private void Advance()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // There are broken texts for which the parser has no message but these exceptions.
            var at = _parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, (e, _open.Count) switch
            {
                (ArgumentException, _) => "While parsing a node, found a tag that is not valid.",
                (_, > 0) => "While parsing a flow collection, did not find expected ',' or its end.",
                _ => "Did not find expected <document start>.",
            });
        }

        if (_hasTabs && _parser.Current is NodeEvent node)
            RefuseTab(node);
    }

    /// <summary>Our parser takes some tabs before a value; CircleCI's takes none.</summary>
    private void RefuseTab(NodeEvent node)
    {
        var text = _source.Text;
        var at = Offset(node.Start);
        var hasTab = false;
        for (; at > 0 && text[at - 1] is ' ' or '\t'; at--)
            hasTab |= text[at - 1] == '\t';
        if (hasTab && (at == 0 || text[at - 1] is '\n' or '\r'))
            throw new YamlException(node.Start, node.End, "Found invalid tab as indentation.");
    }

    /// <summary>Reads the node whose first event is the current one; leaves its last event current.</summary>
    private YamlNode ReadNode(int depth)
    {
        if (depth > _limits.YamlDepth)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"values are nested more than {_limits.YamlDepth} deep");

        switch (_parser.Current)
        {
            case Scalar scalar:
                return Remember(scalar.Anchor, MakeScalar(scalar));
            case SequenceStart start:
                Open(start.Anchor);
                return Remember(start.Anchor, ReadSequence(start, depth));
            case MappingStart start:
                Open(start.Anchor);
                return Remember(start.Anchor, ReadMapping(start, depth));
            case AnchorAlias alias:
                return Resolve(alias);
            default:
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "While parsing a node, did not find expected node content.");
        }
    }

    private YamlSequence ReadSequence(SequenceStart start, int depth)
    {
        var first = _items.Count;
        _open.Push(start);
        Advance();
        while (_parser.Current is not SequenceEnd)
        {
            var item = ReadNode(depth + 1);
            _items.Add(item);
            Advance();
        }

        _open.Pop();
        var items = ImmutableArray.Create(CollectionsMarshal.AsSpan(_items)[first..]);
        _items.RemoveRange(first, _items.Count - first);
        return Checked(new YamlSequence(new SourceSpan(_source, Offset(start.Start), Offset(_parser.Current.End)), items));
    }

    private YamlMapping ReadMapping(MappingStart start, int depth)
    {
        var first = _entries.Count;
        var hasMerge = false;
        _open.Push(start);
        Advance();
        while (_parser.Current is not MappingEnd)
        {
            var isPlain = _parser.Current is Scalar { Style: YamlDotNet.Core.ScalarStyle.Plain };
            var keyStart = Offset(_parser.Current!.Start);
            var key = ReadNode(depth + 1) as YamlScalar;
            if (key is null)
            {
                var span = new SourceSpan(_source, keyStart, Math.Max(keyStart + 1, Offset(_parser.Current!.End)));
                Add(YamlCodes.KeyNotScalar, span, $"{SyntaxWording.Prefix}found unhashable key: a key must be a text.", SyntaxHints.ForKey(span));
                key = YamlScalar.String("", span);
            }
            else if (key.Kind != ScalarKind.String && _parser.Current is Scalar { Style: YamlDotNet.Core.ScalarStyle.Plain, Tag.IsEmpty: true } plain)
            {
                // A key is a text whatever it looks like; the parser says that it is one in block maps only, not in [YES: 1].
                key = new YamlScalar(key.Span, plain.Value, ScalarKind.String, key.Style);
            }

            Advance();
            var value = ReadNode(depth + 1);
            Advance();
            hasMerge |= isPlain && key.Text is "<<";
            _entries.Add(new YamlEntry(key, value));
        }

        _open.Pop();
        var final = TakeEntries(first, hasMerge);
        return Checked(new YamlMapping(new SourceSpan(_source, Offset(start.Start), Offset(_parser.Current.End)), final));
    }

    /// <summary>Reports each key that stands twice (CL-1.4) and keeps its first value.</summary>
    /// <summary>The entries from one on, which are read to their end; most maps have neither merges nor a key twice and are not copied in between.</summary>
    private ImmutableArray<YamlEntry> TakeEntries(int first, bool hasMerge)
    {
        var read = CollectionsMarshal.AsSpan(_entries)[first..];
        if (!hasMerge && !MayHoldDuplicates(read))
        {
            var taken = ImmutableArray.Create(read);
            _entries.RemoveRange(first, read.Length);
            return taken;
        }

        var entries = _entries.GetRange(first, read.Length);
        _entries.RemoveRange(first, read.Length);
        RejectDuplicates(entries);
        return hasMerge ? MergeKeys.Apply(entries, _diagnostics) : [.. entries];
    }

    private static bool MayHoldDuplicates(ReadOnlySpan<YamlEntry> entries)
    {
        const int FewEnoughToCompare = 8;
        if (entries.Length > FewEnoughToCompare)
            return true;

        for (var i = 1; i < entries.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (string.Equals(entries[i].Name, entries[j].Name, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }

    private void RejectDuplicates(List<YamlEntry> entries)
    {
        if (entries.Count < 2)
            return;

        _names.Clear();
        var kept = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if ((entry.Name is "<<" && entry.Key.Style == ScalarStyle.Plain) || _names.TryAdd(entry.Name, kept))
            {
                entries[kept++] = entry;
                continue;
            }

            Add(
                YamlCodes.DuplicateKey,
                entry.Key.Span,
                $"{SyntaxWording.Prefix}found duplicate key {entry.Name}",
                $"The key is already used in line {entries[_names[entry.Name]].Key.Span.Position.Line} of the same map; rename or remove one of them.");
        }

        entries.RemoveRange(kept, entries.Count - kept);
    }

    private YamlScalar MakeScalar(Scalar scalar)
    {
        var span = SpanOf(scalar);
        if (!scalar.Anchor.IsEmpty || !scalar.Tag.IsEmpty)
            span = SkipProperties(span);
        var style = scalar.Style switch
        {
            YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
            YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
            YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
            YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
            _ => ScalarStyle.Plain,
        };
        if (!scalar.Tag.IsEmpty)
            return MakeTagged(scalar, span, style);
        if (style != ScalarStyle.Plain || scalar.IsKey)
            return new YamlScalar(span, scalar.Value, ScalarKind.String, style);

        RefuseColon(scalar.Value, span);
        var (kind, text) = ScalarResolution.Resolve(scalar.Value);
        return new YamlScalar(span, text, kind, style);
    }

    /// <summary>Our parser takes the <c>:</c> behind a word with <c>*</c> at its start for text, as in <c>ls *.log: x</c>; CircleCI's does not.</summary>
    private static void RefuseColon(string text, SourceSpan span)
    {
        for (var word = text.IndexOf(" *", StringComparison.Ordinal); word >= 0; word = text.IndexOf(" *", word + 1, StringComparison.Ordinal))
        {
            var end = text.AsSpan(word + 1).IndexOfAny(' ', '\t', '\n');
            end = end < 0 ? text.Length : word + 1 + end;
            if (text[end - 1] != ':')
                continue;

            var at = ScalarPlaces.Locate(new YamlScalar(span, text, ScalarKind.String, ScalarStyle.Plain), end - 1);
            var place = new Mark(at, span.Source.PositionAt(at).Line, span.Source.PositionAt(at).Column);
            throw new YamlException(place, place, "Mapping values are not allowed in this context.");
        }
    }

    private YamlScalar MakeTagged(Scalar scalar, SourceSpan span, ScalarStyle style)
    {
        var (kind, text) = ScalarResolution.Resolve(scalar.Value);
        switch (scalar.Tag.Value)
        {
            case "!" or "tag:yaml.org,2002:str":
                return new YamlScalar(span, scalar.Value, ScalarKind.String, style);
            case "tag:yaml.org,2002:int" when kind == ScalarKind.Integer:
            case "tag:yaml.org,2002:float" when kind is ScalarKind.Integer or ScalarKind.Float:
            case "tag:yaml.org,2002:bool" when kind == ScalarKind.Boolean:
            case "tag:yaml.org,2002:null" when kind == ScalarKind.Null:
                return new YamlScalar(span, text, kind, style);
            default:
                Add(
                    YamlCodes.UnknownTag,
                    span,
                    $"{SyntaxWording.Prefix}could not determine a constructor for the tag {scalar.Tag.Value}",
                    "A config may use !!str, !!int, !!float, !!bool and !!null only.");
                return new YamlScalar(span, scalar.Value, ScalarKind.String, style);
        }
    }

    private void Open(AnchorName anchor)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = null;
    }

    /// <summary>An anchor may be given again; an alias means the last one before it, as YAML says.</summary>
    private YamlNode Remember(AnchorName anchor, YamlNode node)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = node;
        return node;
    }

    private YamlNode Resolve(AnchorAlias alias)
    {
        var span = SpanOf(alias);
        if (_anchors.TryGetValue(alias.Value.Value, out var node) && node is not null)
            return node;

        if (_anchors.ContainsKey(alias.Value.Value))
        {
            Add(
                YamlCodes.UndefinedAlias,
                span,
                $"{SyntaxWording.Prefix}the alias *{alias.Value.Value} stands inside the value that it names",
                "Move the alias out of that value.");
            return YamlScalar.Null(span);
        }

        var near = Spelling.Nearest(alias.Value.Value, _anchors.Where(a => a.Value is not null).Select(a => a.Key));
        Add(
            YamlCodes.UndefinedAlias,
            span,
            $"{SyntaxWording.Prefix}found undefined alias {alias.Value.Value}",
            near is null ? SyntaxHints.ForAlias(alias.Value.Value) : $"Did you mean '*{near}'?");
        return YamlScalar.Null(span);
    }

    /// <summary>Counts what aliases stand for, so that a few lines cannot become millions of values.</summary>
    private T Checked<T>(T node)
        where T : YamlNode
    {
        if (node.ExpandedSize <= _limits.ExpandedNodes && node.Depth <= _limits.YamlDepth)
            return node;
        if (!_tooLarge)
        {
            Add(
                YamlCodes.TooManyAliases,
                node.Span,
                node.Depth > _limits.YamlDepth ? $"The aliases below this value nest more than {_limits.YamlDepth} deep." : $"The aliases below this value stand for more than {_limits.ExpandedNodes:N0} values.",
                "Use fewer aliases of aliases.");
        }

        _tooLarge = true;
        throw new YamlException(Mark.Empty, Mark.Empty, "");
    }

    private void Report(YamlException e)
    {
        if (_tooLarge)
            return;

        // The parser's texts often end with a period or repeat the place; the place is shown beside the message already.
        var text = e.Message.TrimEnd('.');
        var colon = text.StartsWith('(') ? text.IndexOf("): ", StringComparison.Ordinal) : -1;
        if (colon >= 0)
            text = text[(colon + 3)..];
        var block = _open.TryPeek(out var open) ? Offset(open.Start) : -1;
        var problem = new SyntaxProblem(_source, Offset(e.Start), Offset(e.End), text, block);
        var (message, span) = SyntaxWording.For(problem);
        Add(YamlCodes.Syntax, span, SyntaxWording.Prefix + message, SyntaxHints.For(problem));
    }

    private void Add(DiagnosticCode code, SourceSpan span, string message, string hint) =>
        _diagnostics.Add(new Diagnostic(code, span, message, hint));

    /// <summary>A scalar's event begins at its anchor or tag; people look for the value.</summary>
    private SourceSpan SkipProperties(SourceSpan span)
    {
        var text = _source.Text;
        var at = span.Start;
        while (at < span.End && text[at] is '&' or '!' or '#')
        {
            // A comment may stand between an anchor and its value.
            var isComment = text[at] == '#';
            while (at < span.End && (isComment ? text[at] is not ('\n' or '\r') : !char.IsWhiteSpace(text[at])))
                at++;
            while (at < span.End && char.IsWhiteSpace(text[at]))
                at++;
        }

        return span with { Start = at };
    }

    /// <summary>An empty value behind a tag alone ends, for the parser, at the start of the text.</summary>
    private SourceSpan SpanOf(ParsingEvent parsed) => new(_source, Offset(parsed.Start), Math.Max(Offset(parsed.Start), Offset(parsed.End)));

    private int Offset(in Mark mark) => (int)Math.Clamp(mark.Index, 0, _source.Text.Length);
}
