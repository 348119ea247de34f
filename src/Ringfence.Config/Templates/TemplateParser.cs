using System.Collections.Immutable;
using System.Text;
using Ringfence.Config.Diagnostics;
using Ringfence.Config.Expressions;

namespace Ringfence.Config.Templates;

/// <summary>
/// Takes a text with <c>&lt;&lt; … &gt;&gt;</c> apart (CL-6.1 to CL-6.13): references, expressions, the escapes <c>\&lt;&lt;</c> and
/// <c>\\&lt;&lt;</c>, and the sections that older orbs use. A section tag alone on its line takes the line away.
/// </summary>
internal sealed class TemplateParser
{
    private static readonly System.Buffers.SearchValues<char> NotInReference = System.Buffers.SearchValues.Create(" \t\r\n()\"=!<>");

    private readonly string _text;
    private readonly Limits _limits;
    private readonly List<TemplateProblem> _problems;
    private readonly Stack<OpenSection> _sections = new();
    private readonly StringBuilder _literal = new();
    private List<TemplatePart> _parts = [];
    private int _at;
    private int _literalStart;

    private TemplateParser(string text, Limits limits, List<TemplateProblem> problems)
    {
        _text = text;
        _limits = limits;
        _problems = problems;
    }

    /// <summary>Takes a text apart; what is wrong with it is added to <paramref name="problems"/>.</summary>
    public static Template Parse(string text, Limits limits, List<TemplateProblem> problems) =>
        new TemplateParser(text, limits, problems).Parse();

    private Template Parse()
    {
        while (_at < _text.Length)
        {
            var open = _text.IndexOf("<<", _at, StringComparison.Ordinal);
            if (open < 0)
                break;

            if (!TakeEscapes(open))
                TakeTag(open);
        }

        _literal.Append(_text, _at, _text.Length - _at);
        EndLiteral(_text.Length);
        while (_sections.TryPop(out var section))
        {
            Problem(TemplateCodes.Section, section.Start, section.Length, $"The section '{section.Name}' is never closed", $"Close it with '<</ {section.Name} >>'.");
            _parts = section.Before;
        }

        return new Template([.. _parts], IsWhole(), _problems.Count > 0);
    }

    /// <summary>Appends the text before a <c>&lt;&lt;</c>; true when backslashes make that plain text.</summary>
    private bool TakeEscapes(int open)
    {
        var backslashes = 0;
        while (open - backslashes > _at && _text[open - backslashes - 1] == '\\')
            backslashes++;

        _literal.Append(_text, _at, open - backslashes - _at).Append('\\', backslashes / 2);
        _at = open;
        if (backslashes % 2 == 0)
            return false;

        _literal.Append("<<");
        _at = open + 2;
        return true;
    }

    private void TakeTag(int open)
    {
        var close = _text.IndexOf(">>", open + 2, StringComparison.Ordinal);
        var isUnclosed = close < 0 || _text.IndexOf("<<", open + 2, close - open - 2, StringComparison.Ordinal) >= 0 || IsHereDocument(open, close);
        if (isUnclosed)
        {
            Problem(TemplateCodes.Unclosed, open, 2, "Unclosed '<<' tag ('<<' must be escaped as '\\<<' in config v2.1+)", "Write '\\<<' for two angle brackets, such as in a shell's here-document.");
            _literal.Append("<<");
            _at = open + 2;
            return;
        }

        var end = close + 2;
        var inner = _text.AsSpan(open + 2, close - open - 2);
        if (inner.Length > 0 && inner[0] is '#' or '^' or '/')
        {
            end = TakeStandaloneLine(open, end);
            EndLiteral(open);
            TakeSectionTag(inner[0], inner[1..].Trim().ToString(), open, end - open);
        }
        else
        {
            EndLiteral(open);
            TakeValue(open, close);
        }

        _at = end;
        _literalStart = end;
    }

    /// <summary>Whether the <c>&gt;&gt;</c> that follows is a shell's, on a later line of what is no expression.</summary>
    private bool IsHereDocument(int open, int close)
    {
        var content = _text[(open + 2)..close];
        return content.Contains('\n', StringComparison.Ordinal) && content[0] is not ('#' or '^' or '/') && Expression.Parse(content.Trim(), _limits).Error is not null;
    }

    /// <summary>When a section tag is alone on its line, drops the line's blanks and its end; gives where the text goes on.</summary>
    private int TakeStandaloneLine(int open, int end)
    {
        var before = open;
        while (before > 0 && _text[before - 1] is ' ' or '\t')
            before--;
        var after = end;
        while (after < _text.Length && _text[after] is ' ' or '\t' or '\r')
            after++;
        var isAlone = (before == 0 || _text[before - 1] == '\n') && (after == _text.Length || _text[after] == '\n');
        if (!isAlone)
            return end;

        _literal.Length -= Math.Min(_literal.Length, open - before);
        return Math.Min(after + 1, _text.Length);
    }

    private void TakeSectionTag(char kind, string name, int start, int length)
    {
        if (kind != '/')
        {
            if (_sections.Count == _limits.LogicDepth)
            {
                Problem(TemplateCodes.Section, start, length, $"Sections are nested more than {_limits.LogicDepth} deep", "Use 'when' steps instead.");
                return;
            }

            _sections.Push(new OpenSection(name, kind == '^', _parts, start, length));
            _parts = [];
            return;
        }

        if (!_sections.TryPeek(out var section) || !string.Equals(section.Name, name, StringComparison.Ordinal))
        {
            Problem(TemplateCodes.Section, start, length, $"'<</ {name} >>' closes a section that is not open", section is null ? null : $"The section that is open is '{section.Name}'.");
            return;
        }

        _sections.Pop();
        var inner = _parts.ToImmutableArray();
        _parts = section.Before;
        _parts.Add(new TemplatePart.Section(name, section.Inverted, inner, section.Start, section.Length));
    }

    private void TakeValue(int open, int close)
    {
        var inner = _text.AsSpan(open + 2, close - open - 2);
        var lead = inner.Length - inner.TrimStart().Length;
        var content = inner.Trim().ToString();
        var length = close + 2 - open;
        if (IsReference(content))
        {
            _parts.Add(new TemplatePart.Reference(content, open, length));
            return;
        }

        if (content.StartsWith("include(", StringComparison.Ordinal))
        {
            Problem(TemplateCodes.BadExpression, open, length, "Only packing can include a file", "Pack the config or orb first: that puts the file in (CL-6.15).");
            return;
        }

        var parsed = Expression.Parse(content, _limits);
        if (parsed.Error is { } error)
        {
            var hint = error.Hint ?? "Write '\\<<' if the text means two angle brackets.";
            Problem(TemplateCodes.BadExpression, open + 2 + lead + error.Start, Math.Max(1, error.Length), error.Message, hint);
            return;
        }

        _parts.Add(new TemplatePart.Evaluated(parsed.Expression!, open, length));
    }

    /// <summary>A dotted name without blanks or operators. Names that no expression could hold are references too (CL-4.9).</summary>
    private static bool IsReference(string content)
    {
        if (!content.StartsWith("parameters.", StringComparison.Ordinal) && !content.StartsWith("pipeline.", StringComparison.Ordinal)
            && !content.StartsWith("matrix.", StringComparison.Ordinal))
            return false;
        return !content.AsSpan().ContainsAny(NotInReference);
    }

    private void EndLiteral(int end)
    {
        if (_literal.Length > 0)
            _parts.Add(new TemplatePart.Text(_literal.ToString(), _literalStart, end - _literalStart));
        _literal.Clear();
    }

    private bool IsWhole()
    {
        var trimmed = _text.AsSpan().Trim();
        var values = _parts.Count(p => p is TemplatePart.Reference or TemplatePart.Evaluated);
        if (values != 1 || _parts.Exists(p => p is TemplatePart.Section))
            return false;
        return _parts.TrueForAll(p => p is not TemplatePart.Text text || string.IsNullOrWhiteSpace(text.Value)) && trimmed.StartsWith("<<");
    }

    private void Problem(Primitives.DiagnosticCode code, int start, int length, string message, string? hint) =>
        _problems.Add(new TemplateProblem(code, start, length, message, hint));

    private sealed record OpenSection(string Name, bool Inverted, List<TemplatePart> Before, int Start, int Length);
}
