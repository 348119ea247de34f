using System.Collections.Immutable;
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
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Parser _parser;
    private bool _tooLarge;

    private YamlReader(SourceText source, DiagnosticBag diagnostics, Limits limits)
    {
        _source = source;
        _diagnostics = diagnostics;
        _limits = limits;
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
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is not DocumentStart)
        {
            Add(YamlCodes.Empty, new SourceSpan(_source, 0, 0), "The file is empty.", "A config starts with 'version: 2.1'.");
            return null;
        }

        _parser.MoveNext();
        var root = ReadNode(0);
        _parser.MoveNext();
        if (_parser.Current is DocumentEnd)
            _parser.MoveNext();
        if (_parser.Current is DocumentStart second)
        {
            Add(
                YamlCodes.SeveralDocuments,
                SpanOf(second),
                "Unable to parse YAML: expected a single document in the stream, but found another document.",
                "Remove the '---' line, or all documents but one.");
            return null;
        }

        return _tooLarge ? null : root;
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
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "expected a value");
        }
    }

    private YamlSequence ReadSequence(SequenceStart start, int depth)
    {
        var first = _items.Count;
        _parser.MoveNext();
        while (_parser.Current is not SequenceEnd)
        {
            var item = ReadNode(depth + 1);
            _items.Add(item);
            _parser.MoveNext();
        }

        var items = ImmutableArray.Create(_items.ToArray(), first, _items.Count - first);
        _items.RemoveRange(first, _items.Count - first);
        return Checked(new YamlSequence(new SourceSpan(_source, Offset(start.Start), Offset(_parser.Current.End)), items));
    }

    private YamlMapping ReadMapping(MappingStart start, int depth)
    {
        var first = _entries.Count;
        var hasMerge = false;
        _parser.MoveNext();
        while (_parser.Current is not MappingEnd)
        {
            var isPlain = _parser.Current is Scalar { Style: YamlDotNet.Core.ScalarStyle.Plain };
            var key = ReadNode(depth + 1) as YamlScalar;
            if (key is null)
            {
                var span = SpanOf(_parser.Current!);
                Add(YamlCodes.KeyNotScalar, span, "Unable to parse YAML: a key must be a plain text.", "Quote the key if it holds brackets or braces.");
                key = YamlScalar.String("", span);
            }

            _parser.MoveNext();
            var value = ReadNode(depth + 1);
            _parser.MoveNext();
            hasMerge |= isPlain && key.Text is "<<";
            _entries.Add(new YamlEntry(key, value));
        }

        var entries = _entries.GetRange(first, _entries.Count - first);
        _entries.RemoveRange(first, _entries.Count - first);
        RejectDuplicates(entries);
        var final = hasMerge ? MergeKeys.Apply(entries, _diagnostics) : [.. entries];
        return Checked(new YamlMapping(new SourceSpan(_source, Offset(start.Start), Offset(_parser.Current.End)), final));
    }

    private void RejectDuplicates(List<YamlEntry> entries)
    {
        if (entries.Count < 2)
            return;

        _names.Clear();
        for (var i = 0; i < entries.Count; i++)
        {
            var name = entries[i].Name;
            if (_names.Add(name) || name is "<<")
                continue;

            var firstOne = entries.Find(e => string.Equals(e.Name, name, StringComparison.Ordinal));
            Add(
                YamlCodes.DuplicateKey,
                entries[i].Key.Span,
                $"Unable to parse YAML: found duplicate key {name}",
                $"The key is already used in line {firstOne.Key.Span.Position.Line} of the same map; rename or remove one of them.");
            entries.RemoveAt(i--);
        }
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

        var (kind, text) = ScalarResolution.Resolve(scalar.Value);
        return new YamlScalar(span, text, kind, style);
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
                    $"Unable to parse YAML: could not determine a constructor for the tag {scalar.Tag.Value}",
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

        var message = node is null && _anchors.ContainsKey(alias.Value.Value)
            ? $"Unable to parse YAML: the alias *{alias.Value.Value} stands inside the value that it names"
            : $"Unable to parse YAML: found undefined alias {alias.Value.Value}";
        var near = Spelling.Nearest(alias.Value.Value, _anchors.Where(a => a.Value is not null).Select(a => a.Key));
        Add(
            YamlCodes.UndefinedAlias,
            span,
            message,
            near is null ? "Define the anchor with '&name' above this line." : $"Did you mean '*{near}'?");
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
        var start = Offset(e.Start);
        var hint = SyntaxHints.For(_source, start, text);
        Add(YamlCodes.Syntax, new SourceSpan(_source, start, Math.Max(start + 1, Offset(e.End))), $"Unable to parse YAML: {text}", hint);
    }

    private void Add(DiagnosticCode code, SourceSpan span, string message, string hint) =>
        _diagnostics.Add(new Diagnostic(code, span, message, hint));

    /// <summary>A scalar's event begins at its anchor or tag; people look for the value.</summary>
    private SourceSpan SkipProperties(SourceSpan span)
    {
        var text = _source.Text;
        var at = span.Start;
        while (at < span.End && text[at] is '&' or '!')
        {
            while (at < span.End && !char.IsWhiteSpace(text[at]))
                at++;
            while (at < span.End && char.IsWhiteSpace(text[at]))
                at++;
        }

        return span with { Start = at };
    }

    private SourceSpan SpanOf(ParsingEvent parsed) => new(_source, Offset(parsed.Start), Offset(parsed.End));

    private int Offset(in Mark mark) => (int)Math.Clamp(mark.Index, 0, _source.Text.Length);
}
