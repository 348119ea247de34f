using System.Collections.Immutable;
using System.Text;

namespace Ringfence.Runner.Steps;

/// <summary>Splits a text as a shell splits a command without expanding anything (EX-6.7, EX-9.3).</summary>
internal static class ShellWords
{
    /// <summary>The words.</summary>
    public static ImmutableArray<string> Split(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var (isWord, quote) = (false, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                if (c == quote)
                    quote = '\0';
                else if (c == '\\' && quote == '"' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`')
                    word.Append(text[++i]);
                else
                    word.Append(c);
            }
            else if (c is '\'' or '"')
            {
                (quote, isWord) = (c, true);
            }
            else if (c == '\\' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
                isWord = true;
            }
            else if (char.IsWhiteSpace(c))
            {
                if (isWord)
                    words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (isWord)
            words.Add(word.ToString());
        return words.ToImmutable();
    }
}
