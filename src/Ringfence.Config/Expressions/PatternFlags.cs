namespace Ringfence.Config.Expressions;

/// <summary>What stands between <c>(?</c> and <c>)</c> or <c>:</c>. Null says that a flag keeps its value.</summary>
internal readonly record struct PatternFlags(bool? IgnoresCase, bool? IsMultiline, bool? DotMatchesNewline, bool OpensGroup)
{
    /// <summary>Reads from just after the question mark; null with an error of the reader when something is wrong.</summary>
    public static PatternFlags? Read(PatternReader reader, int start)
    {
        var flags = default(PatternFlags);
        var value = true;
        var needsFlag = false;
        while (true)
        {
            var c = reader.Current;
            if (reader.AtEnd)
                return Fail(reader, start);

            reader.Position++;
            switch (c)
            {
                case 'i':
                    flags = flags with { IgnoresCase = value };
                    break;
                case 'm':
                    flags = flags with { IsMultiline = value };
                    break;
                case 's':
                    flags = flags with { DotMatchesNewline = value };
                    break;
                case 'U':
                    // Swaps greedy and lazy, which makes no difference to a whole match.
                    break;
                case '-' when value:
                    (value, needsFlag) = (false, true);
                    continue;
                case ':' or ')' when !needsFlag:
                    return flags with { OpensGroup = c == ':' };
                default:
                    return Fail(reader, start);
            }

            needsFlag = false;
        }
    }

    private static PatternFlags? Fail(PatternReader reader, int start)
    {
        reader.Position = start;
        var (reason, hint) = ("", (string?)null);
        if (reader.LooksAt("(?=") || reader.LooksAt("(?!") || reader.LooksAt("(?<"))
            (reason, hint) = ("lookaround is not supported", "it cannot be matched in linear time; combine two conditions with and, or list the names to ignore");
        else if (reader.LooksAt("(?>"))
            (reason, hint) = ("atomic groups are not supported", "write (?:…); matching is linear anyway");
        else if (reader.LooksAt("(?P=") || reader.LooksAt("(?P>"))
            (reason, hint) = ("backreferences are not supported", "they cannot be matched in linear time; write the text out");
        else if (reader.LooksAt("(?#"))
            (reason, hint) = ("comments are not supported", null);
        else
            (reason, hint) = ("what follows (? is not supported", "flags are i, m, s and U");

        reader.Fail(reason, hint, start);
        return null;
    }
}
