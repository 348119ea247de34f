using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Primitives;

namespace Ringfence.Cli.Secrets.Import;

/// <summary>
/// Reads <c>.env</c> files: <c>NAME=value</c>, <c>export NAME=value</c>, quoted values over several lines, comments. It works on bytes, so that
/// values can be zeroed, and expands nothing: a dollar is a dollar.
/// </summary>
internal ref struct EnvReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private int _line = 1;

    /// <summary>All lines.</summary>
    public ImportedFile Read()
    {
        var secrets = ImmutableArray.CreateBuilder<ImportedSecret>();
        var problems = ImmutableArray.CreateBuilder<(int, string)>();
        while (_at < _text.Length)
        {
            SkipBlanks();
            if (_at >= _text.Length)
                break;
            if (_text[_at] is (byte)'#' or (byte)'\n' or (byte)'\r')
            {
                SkipLine();
                continue;
            }

            var line = _line;
            if (ReadName() is not { } name)
            {
                problems.Add((line, "is no NAME=value"));
                SkipLine();
            }
            else if (ReadValue(out var whyNot) is { } value)
            {
                secrets.Add(new ImportedSecret(name, line, value));
            }
            else
            {
                problems.Add((line, whyNot));
            }
        }

        return new ImportedFile(secrets.ToImmutable(), problems.ToImmutable());
    }

    private static bool IsNamePart(byte b) => b is (byte)'_' or (byte)'.' or (byte)'-' || char.IsAsciiLetterOrDigit((char)b);

    private string? ReadName()
    {
        var rest = _text[_at..];
        if (rest.StartsWith("export "u8) || rest.StartsWith("export\t"u8))
        {
            _at += "export ".Length;
            SkipBlanks();
        }

        var start = _at;
        while (_at < _text.Length && IsNamePart(_text[_at]))
            _at++;
        var name = Encoding.ASCII.GetString(_text[start.._at]);
        SkipBlanks();
        if (name.Length == 0 || _at >= _text.Length || _text[_at] != (byte)'=')
            return null;
        _at++;
        return name;
    }

    private SecretValue? ReadValue(out string whyNot)
    {
        whyNot = "";
        SkipBlanks();
        return _at < _text.Length && _text[_at] is (byte)'"' or (byte)'\'' ? ReadQuoted(out whyNot) : ReadPlain();
    }

    private SecretValue ReadPlain()
    {
        var start = _at;
        var end = start;
        for (; _at < _text.Length && _text[_at] != (byte)'\n'; _at++)
        {
            // A comment begins after a blank: a # within a value belongs to it.
            if (_text[_at] == (byte)'#' && (_at == start || _text[_at - 1] is (byte)' ' or (byte)'\t'))
                break;
            if (_text[_at] is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                end = _at + 1;
        }

        var value = new SecretValue(_text[start..end]);
        SkipLine();
        return value;
    }

    private SecretValue? ReadQuoted(out string whyNot)
    {
        var quote = _text[_at++];
        var value = GC.AllocateUninitializedArray<byte>(_text.Length - _at, pinned: true);
        try
        {
            var length = 0;
            for (; _at < _text.Length && _text[_at] != quote; _at++)
            {
                var next = _text[_at];
                if (next == (byte)'\n')
                    _line++;
                if (next == (byte)'\\' && quote == (byte)'"' && _at + 1 < _text.Length && Unescape(_text[_at + 1]) is { } meant)
                {
                    next = meant;
                    _at++;
                }

                value[length++] = next;
            }

            if (_at >= _text.Length)
            {
                whyNot = "begins a quote that does not end";
                return null;
            }

            _at++;
            SkipBlanks();
            if (_at < _text.Length && _text[_at] is not ((byte)'#' or (byte)'\n' or (byte)'\r'))
            {
                whyNot = "goes on after its closing quote";
                SkipLine();
                return null;
            }

            whyNot = "";
            SkipLine();
            return new SecretValue(value.AsSpan(0, length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(value);
        }
    }

    private static byte? Unescape(byte escaped) => escaped switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'"' or (byte)'\\' or (byte)'$' or (byte)'`' => escaped,
        _ => null,
    };

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t')
            _at++;
    }

    private void SkipLine()
    {
        while (_at < _text.Length && _text[_at] != (byte)'\n')
            _at++;
        _at++;
        _line++;
    }
}
