using System.Text;

namespace Ringfence.Fuzz.Mutation;

/// <summary>Makes a new input of one or two that are there: by characters, by words, and by lines with their indentation.</summary>
/// <param name="chance">Decides; the same chance and inputs give the same result.</param>
/// <param name="words">What to put in.</param>
/// <param name="mostCharacters">No result is longer.</param>
internal sealed class Mutator(Chance chance, IReadOnlyList<string> words, int mostCharacters)
{
    /// <summary>Changes an input in one to eight places.</summary>
    public string Mutate(string input, string other)
    {
        var text = input;
        for (var changes = 1 << chance.Below(4); changes > 0; changes--)
            text = Change(text, other);
        return text.Length > mostCharacters ? text[..mostCharacters] : text;
    }

    private string Change(string text, string other) => chance.Below(14) switch
    {
        0 => Insert(text, chance.Of(words)),
        1 => Replace(text, chance.Of(words)),
        2 => Delete(text),
        3 => Duplicate(text),
        4 => FlipBit(text),
        5 => Insert(text, chance.OneIn(3) ? chance.Of(Words.Odd) : ((char)(' ' + chance.Below(95))).ToString()),
        6 => Splice(text, other),
        7 => ByLines(text, DeleteLine),
        8 => ByLines(text, DuplicateLine),
        9 => ByLines(text, SwapLines),
        10 => ByLines(text, Indent),
        11 => ByLines(text, lines => TakeBlock(lines, other)),
        12 => ByLines(text, ReplaceValue),
        _ => Repeat(text),
    };

    private string Insert(string text, string word) => text.Insert(chance.Below(text.Length + 1), word);

    private string Replace(string text, string word)
    {
        if (text.Length == 0)
            return word;
        var at = chance.Below(text.Length);
        return text.Remove(at, Math.Min(text.Length - at, 1 + chance.Below(word.Length + 2))).Insert(at, word);
    }

    private string Delete(string text)
    {
        if (text.Length == 0)
            return text;
        var at = chance.Below(text.Length);
        return text.Remove(at, Math.Min(text.Length - at, 1 + chance.Below(chance.OneIn(4) ? 200 : 8)));
    }

    private string Duplicate(string text)
    {
        if (text.Length == 0)
            return text;
        var from = chance.Below(text.Length);
        return Insert(text, text.Substring(from, Math.Min(text.Length - from, 1 + chance.Below(60))));
    }

    private string FlipBit(string text)
    {
        if (text.Length == 0)
            return text;
        var at = chance.Below(text.Length);
        return new StringBuilder(text) { [at] = (char)(text[at] ^ (1 << chance.Below(chance.OneIn(8) ? 16 : 7))) }.ToString();
    }

    private string Splice(string text, string other)
    {
        var lines = Lines(text);
        var others = Lines(other);
        return string.Join('\n', lines.Take(chance.Below(lines.Count + 1)).Concat(others.Skip(chance.Below(others.Count + 1))));
    }

    /// <summary>The same piece many times over, to meet limits and quadratic work.</summary>
    private string Repeat(string text)
    {
        if (text.Length == 0 || !chance.OneIn(4))
            return Duplicate(text);
        var from = chance.Below(text.Length);
        var piece = text.Substring(from, Math.Min(text.Length - from, 1 + chance.Below(12)));
        return text.Insert(from, string.Concat(Enumerable.Repeat(piece, 1 << chance.Below(11))));
    }

    private static List<string> Lines(string text) => [.. text.Split('\n')];

    private static string ByLines(string text, Action<List<string>> change)
    {
        var lines = Lines(text);
        change(lines);
        return string.Join('\n', lines);
    }

    private void DeleteLine(List<string> lines) => lines.RemoveAt(chance.Below(lines.Count));

    private void DuplicateLine(List<string> lines) => lines.Insert(chance.Below(lines.Count + 1), chance.Of(lines));

    private void SwapLines(List<string> lines)
    {
        var (a, b) = (chance.Below(lines.Count), chance.Below(lines.Count));
        (lines[a], lines[b]) = (lines[b], lines[a]);
    }

    /// <summary>Moves a line, or it and all below it, to the left or right.</summary>
    private void Indent(List<string> lines)
    {
        var first = chance.Below(lines.Count);
        var last = chance.OneIn(2) ? first : BlockEnd(lines, first) - 1;
        var by = chance.Below(9) - 4;
        for (var i = first; i <= last; i++)
            lines[i] = by >= 0 ? new string(' ', by) + lines[i] : lines[i][Math.Min(-by, Depth(lines[i]))..];
    }

    /// <summary>Puts a line of this or the other input, with what belongs to it, somewhere else at the indentation of that place.</summary>
    private void TakeBlock(List<string> lines, string other)
    {
        var source = chance.OneIn(2) ? lines : Lines(other);
        var first = chance.Below(source.Count);
        var block = source.GetRange(first, Math.Min(BlockEnd(source, first) - first, 40));
        var place = chance.Below(lines.Count);
        var shift = Depth(lines[place]) - Depth(block[0]);
        lines.InsertRange(place, block.Select(l => shift >= 0 ? new string(' ', shift) + l : l[Math.Min(-shift, Depth(l))..]));
    }

    /// <summary>Gives a key another value.</summary>
    private void ReplaceValue(List<string> lines)
    {
        var at = chance.Below(lines.Count);
        var colon = lines[at].IndexOf(':', StringComparison.Ordinal);
        lines[at] = (colon < 0 ? lines[at] + ":" : lines[at][..(colon + 1)]) + " " + chance.Of(words);
    }

    private static int BlockEnd(List<string> lines, int first)
    {
        var end = first + 1;
        while (end < lines.Count && (lines[end].Length == 0 || Depth(lines[end]) > Depth(lines[first])))
            end++;
        return end;
    }

    private static int Depth(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;
}
