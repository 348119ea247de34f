using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Ringfence.Config.Expressions;

/// <summary>
/// A pattern of plain text, <c>.</c>, <c>.+</c> and <c>.*</c> only, or several with <c>|</c> between them, in one group or none: what most
/// patterns in configs are. It is matched without an automaton, which takes .NET milliseconds to build.
/// </summary>
internal sealed class Wildcards
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/ ,:;@=#%~&!<>'\"");

    private const int MostChoices = 64;

    /// <summary>Stands for a dot: a text with a line break in it is not matched here.</summary>
    private const char Any = '\n';

    /// <summary>Of each alternative the texts around its wildcards; a single text has none.</summary>
    private readonly ImmutableArray<ImmutableArray<string>> _alternatives;

    private Wildcards(ImmutableArray<ImmutableArray<string>> alternatives) => _alternatives = alternatives;

    /// <summary>Takes a pattern apart; null when it holds anything else.</summary>
    public static Wildcards? TryRead(string pattern)
    {
        var text = WithoutAnchors(pattern);
        var (before, after) = ("", "");
        if (text.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open && text.LastIndexOf(')') is var close && close > open)
            (before, text, after) = (text[..open], text[(open + 1)..close], text[(close + 1)..]);

        var choices = text.Split('|');
        if (choices.Length > MostChoices || TryReadOne(before) is null || TryReadOne(after) is null)
            return null;

        var alternatives = ImmutableArray.CreateBuilder<ImmutableArray<string>>(choices.Length);
        foreach (var choice in choices)
        {
            // By itself too: what is half an escape or a repetition without anything to repeat could make sense behind another piece.
            var alone = before.Length + after.Length == 0 ? WithoutAnchors(choice) : choice;
            if (TryReadOne(alone) is null || TryReadOne(before + alone + after) is not { } texts)
                return null;
            alternatives.Add(texts);
        }

        return new Wildcards(alternatives.ToImmutable());
    }

    /// <summary>Whether the whole text matches; null when that is not for this class to say, since a dot takes no line break and no half character.</summary>
    public bool? TryMatch(string text)
    {
        foreach (var c in text)
        {
            if (c == '\n' || char.IsSurrogate(c))
                return null;
        }

        foreach (var alternative in _alternatives)
        {
            if (Matches(alternative, text))
                return true;
        }

        return false;
    }

    /// <summary>At the ends of a pattern that is held against a whole text they say nothing.</summary>
    private static string WithoutAnchors(string pattern)
    {
        var start = pattern.StartsWith('^') ? 1 : 0;
        var end = pattern.Length - (pattern.Length > start && pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal) ? 1 : 0);
        return pattern[start..end];
    }

    private static ImmutableArray<string>? TryReadOne(string text)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var current = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] == '.' && next is ('*' or '+'))
            {
                if (next == '+')
                    current.Append(Any);
                texts.Add(current.ToString());
                current.Clear();
                i++;
            }
            else if (text[i] == '\\' && next is '/' or '.' or '-' or '_' or '+')
            {
                current.Append(next);
                i++;
            }
            else if (text[i] == '.' || Plain.Contains(text[i]))
            {
                current.Append(text[i] == '.' ? Any : text[i]);
            }
            else
            {
                return null;
            }
        }

        texts.Add(current.ToString());
        return texts.ToImmutable();
    }

    /// <summary>Each text at its first place behind the one before: a later place could only leave less.</summary>
    private static bool Matches(ImmutableArray<string> texts, string text)
    {
        if (texts.Length == 1)
            return text.Length == texts[0].Length && IsAt(0, texts[0], text);
        if (!IsAt(0, texts[0], text))
            return false;

        var at = texts[0].Length;
        for (var i = 1; i < texts.Length - 1; i++)
        {
            var place = Find(texts[i], text, at);
            if (place < 0)
                return false;
            at = place + texts[i].Length;
        }

        return text.Length - at >= texts[^1].Length && IsAt(text.Length - texts[^1].Length, texts[^1], text);
    }

    private static int Find(string part, string text, int at)
    {
        if (!part.Contains(Any, StringComparison.Ordinal))
            return text.IndexOf(part, at, StringComparison.Ordinal);
        while (at + part.Length <= text.Length && !IsAt(at, part, text))
            at++;
        return at + part.Length <= text.Length ? at : -1;
    }

    private static bool IsAt(int at, string part, string text)
    {
        if (at + part.Length > text.Length)
            return false;
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] != Any && part[i] != text[at + i])
                return false;
        }

        return true;
    }
}
