using System.Collections.Immutable;
using System.Text;

namespace Ringfence.Cli.Git;

/// <summary>Reads the text of a git config file as git does: quotes, escapes, comments, and lines that go on. Files that it includes are not read.</summary>
internal sealed class GitConfigText
{
    private const int MostBytes = 1024 * 1024;

    private readonly string _text;
    private readonly ImmutableArray<(string Name, string Value)>.Builder _settings = ImmutableArray.CreateBuilder<(string, string)>();
    private string _section = "";
    private int _at;

    private GitConfigText(string text) => _text = text;

    /// <summary>The settings in order, named as in <c>remote.origin.url</c>, with section and key in small letters; none of a text that git refuses.</summary>
    public static ImmutableArray<(string Name, string Value)> Read(string text)
    {
        var config = new GitConfigText(text.Replace("\r\n", "\n", StringComparison.Ordinal));
        return config.TakeAll() ? config._settings.ToImmutable() : [];
    }

    /// <summary>Those of a file; none when it cannot be read.</summary>
    public static ImmutableArray<(string Name, string Value)> ReadFile(string path) => Read(SmallFile.Read(path, MostBytes) ?? "");

    private char Next => _at < _text.Length ? _text[_at] : '\n';

    private bool TakeAll()
    {
        while (true)
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
                _at++;
            if (_at >= _text.Length)
                return true;
            if (Next is '#' or ';')
                SkipLine();
            else if (!(Next is '[' ? TakeSection() : TakeSetting()))
                return false;
        }
    }

    private bool TakeSection()
    {
        _at++;
        var name = TakeWord("-.");
        SkipBlanks();
        if (Next is '"')
        {
            if (TakeSubsection() is not { } subsection)
                return false;
            name += "." + subsection;
        }

        _section = name;
        return name.Length > 0 && _at < _text.Length && _text[_at++] is ']';
    }

    /// <summary>A backslash stands for whatever comes after it; large and small letters differ.</summary>
    private string? TakeSubsection()
    {
        var name = new StringBuilder();
        for (_at++; Next is not '\n'; _at++)
        {
            if (Next is '"')
            {
                _at++;
                return name.ToString();
            }

            if (Next is '\\')
                _at++;
            if (Next is '\n')
                return null;
            name.Append(Next);
        }

        return null;
    }

    private bool TakeSetting()
    {
        var key = TakeWord("-");
        SkipBlanks();
        if (key.Length == 0 || _section.Length == 0)
            return false;
        var value = "true";
        if (Next is '=')
        {
            _at++;
            if (TakeValue() is not { } given)
                return false;
            value = given;
        }
        else if (Next is not '\n')
        {
            return false;
        }

        _settings.Add(($"{_section}.{key}", value));
        return true;
    }

    private string? TakeValue()
    {
        var value = new StringBuilder();
        var (end, isQuoted) = (0, false);
        for (SkipBlanks(); Next is not '\n'; _at++)
        {
            switch (Next)
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '#' or ';' when !isQuoted:
                    SkipLine();
                    return value.ToString(0, end);
                case '\\':
                    _at++;
                    if (_at >= _text.Length || Escaped(_text[_at]) is not { } meant)
                        return null;
                    value.Append(meant);
                    end = value.Length;
                    break;
                case var plain:
                    value.Append(plain);
                    // Blanks at the end belong to the value only in quotes.
                    if (isQuoted || plain is not (' ' or '\t'))
                        end = value.Length;
                    break;
            }
        }

        return isQuoted ? null : value.ToString(0, end);
    }

    /// <summary>What stands for the character after a backslash; nothing for the end of a line, which goes on with the next.</summary>
    private static string? Escaped(char after) => after switch
    {
        '\n' => "",
        't' => "\t",
        'b' => "\b",
        'n' => "\n",
        '\\' or '"' => after.ToString(),
        _ => null,
    };

    private string TakeWord(string alsoIn)
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Next) || alsoIn.Contains(Next, StringComparison.Ordinal))
            _at++;
#pragma warning disable CA1308 // Git writes these names in small letters.
        return _text[start.._at].ToLowerInvariant();
#pragma warning restore CA1308
    }

    private void SkipBlanks()
    {
        while (Next is ' ' or '\t')
            _at++;
    }

    private void SkipLine()
    {
        while (Next is not '\n')
            _at++;
    }
}
