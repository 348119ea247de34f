using System.Text.RegularExpressions;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Yaml;
using Ringfence.Primitives;

namespace Ringfence.Config.Packing;

/// <summary>
/// Puts files in the place of <c>&lt;&lt;include(scripts/x.sh)&gt;&gt;</c> (CL-6.15). The directive is the whole value; the path begins at the top of the
/// tree and stays in it; <c>&lt;&lt;</c> in the file is escaped, so that a script is never taken for a template.
/// </summary>
internal sealed partial class Includes(IReadOnlyDictionary<string, SourceText> files, DiagnosticBag diagnostics, Limits limits)
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<YamlNode, YamlNode> _done = new(ReferenceEqualityComparer.Instance);
    private long _characters;

    /// <summary>The value with all files in place; what cannot be included stays as it is and is reported.</summary>
    public YamlNode Inline(YamlNode node)
    {
        if (!node.MayHoldTemplate)
            return node;
        if (_done.TryGetValue(node, out var done))
            return done;

        YamlNode inlined = node switch
        {
            YamlScalar scalar => InlineScalar(scalar),
            YamlSequence sequence => new YamlSequence(sequence.Span, [.. sequence.Items.Select(Inline)]),
            YamlMapping mapping => new YamlMapping(mapping.Span, [.. mapping.Entries.Select(e => e with { Value = Inline(e.Value) })]),
            _ => node,
        };
        _done.Add(node, inlined);
        return inlined;
    }

    private YamlScalar InlineScalar(YamlScalar scalar)
    {
        var match = Directive().Match(scalar.Text);
        if (!match.Success)
            return scalar;

        var span = scalar.SpanOf(match.Index, match.Length);
        if (match.Length != scalar.Text.Length)
        {
            var isSecond = match.NextMatch().Success;
            return Refuse(
                scalar,
                PackCodes.IncludeNotWhole,
                isSecond ? scalar.SpanOf(match.NextMatch().Index, match.NextMatch().Length) : span,
                isSecond ? "multiple include statements: a value includes one file." : "entire string must be include statement: there is text beside it.",
                scalar.Text.EndsWith('\n') ? "Write it behind the key, without '|'." : "Put the text into the file, or the include into a step of its own.");
        }

        var written = match.Groups[1].Value;
        if (Resolve(written) is not { } path)
            return Refuse(scalar, PackCodes.IncludeOutside, span, $"{written} lies outside the folder of the orb.", "Copy the file into the folder.");
        if (!files.TryGetValue(path, out var file))
        {
            var near = Spelling.Nearest(path, files.Keys);
            return Refuse(
                scalar,
                PackCodes.IncludeMissing,
                span,
                $"could not open {path} for inclusion: there is no such file.",
                near is null ? "The path begins at the folder of @orb.yml." : $"Did you mean '{near}'?");
        }

        _characters += file.Text.Length;
        if (_characters > limits.SourceCharacters)
            return Refuse(scalar, PackCodes.IncludesTooLarge, span, $"The included files have more than {limits.SourceCharacters:N0} characters together.", "Include smaller files.");
        if (!_texts.TryGetValue(path, out var text))
            _texts.Add(path, text = file.Text.Replace("<<", @"\<<", StringComparison.Ordinal));
        return YamlScalar.String(text, scalar.Span);
    }

    /// <summary>The path from the top of the tree, or null if it leaves the tree.</summary>
    private static string? Resolve(string written)
    {
        var parts = new List<string>();
        foreach (var part in written.Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case ".." when parts.Count == 0:
                    return null;
                case "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return string.Join('/', parts);
    }

    private YamlScalar Refuse(YamlScalar scalar, DiagnosticCode code, SourceSpan span, string message, string hint)
    {
        diagnostics.Add(new Diagnostic(code, span, message, hint));
        return scalar;
    }

    // CircleCI's packer takes the closing parenthesis as optional.
    [GeneratedRegex(@"<<[ \t\r\n\f]*include\(([-A-Za-z0-9_/.]+)\)?[ \t\r\n\f]*>>", RegexOptions.NonBacktracking)]
    private static partial Regex Directive();
}
