using System.Collections.Immutable;

namespace Ringfence.Agent.InJob.Globbing;

/// <summary>
/// Reads a pattern into steps. <c>**/</c> stands for any number of folders, none included; a backslash takes the meaning of the next character away;
/// <c>[!…]</c> and <c>[^…]</c> negate; names that begin with a dot are names like others.
/// </summary>
internal sealed class GlobParser
{
    private const int MostSteps = 100_000;
    private const int Deepest = 100;

    private readonly int[] _pattern;
    private readonly List<GlobStep> _steps;
    private int _at;

    private GlobParser(string pattern, List<GlobStep> steps)
    {
        _pattern = [.. pattern.EnumerateRunes().Select(rune => rune.Value)];
        _steps = steps;
    }

    /// <summary>Adds the steps of a pattern to those of others; says in one sentence what is wrong with it, or nothing.</summary>
    public static string? Parse(string pattern, List<GlobStep> steps)
    {
        var parser = new GlobParser(pattern, steps);
        var why = parser.Sequence(depth: 0, startsName: true);
        steps.Add(new GlobStep.End());
        return why;
    }

    private string? Sequence(int depth, bool startsName)
    {
        for (; _at < _pattern.Length; startsName = _pattern[_at - 1] == '/')
        {
            if (_steps.Count > MostSteps)
                return $"the patterns have more than {MostSteps} characters";

            string? why = null;
            switch (_pattern[_at++])
            {
                case ',' or '}' when depth > 0:
                    _at--;
                    return null;
                case '*':
                    Stars(startsName);
                    break;
                case '?':
                    _steps.Add(new GlobStep.AnyOne());
                    break;
                case '[':
                    why = Set();
                    break;
                case '{':
                    why = Braces(depth, startsName);
                    break;
                case '\\' when _at < _pattern.Length:
                    _steps.Add(new GlobStep.Literal(_pattern[_at++]));
                    break;
                // Two slashes are one, as everywhere in paths.
                case '/' when _at > 1 && _pattern[_at - 2] == '/':
                    break;
                case var rune:
                    _steps.Add(new GlobStep.Literal(rune));
                    break;
            }

            if (why is not null)
                return why;
        }

        return depth == 0 ? null : "it has a '{' without its '}'";
    }

    private void Stars(bool startsName)
    {
        var first = _at - 1;
        while (Next() == '*')
            _at++;

        if (_at - first == 1)
        {
            _steps.Add(new GlobStep.AnyRun());
        }
        else if (startsName && Next() == '/')
        {
            _at++;
            _steps.Add(new GlobStep.Folders());
            _steps.Add(new GlobStep.InFolder());
        }
        else
        {
            _steps.Add(new GlobStep.AnyPath());
        }
    }

    private string? Set()
    {
        var negated = Next() is '!' or '^';
        if (negated)
            _at++;

        var ranges = ImmutableArray.CreateBuilder<(int, int)>();
        // A bracket right at the start is a member, as in shells.
        while (_at < _pattern.Length && (_pattern[_at] != ']' || ranges.Count == 0))
        {
            var first = Member();
            var last = first;
            if (Next() == '-' && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']')
            {
                _at++;
                last = Member();
            }

            ranges.Add((first, last));
        }

        if (Next() != ']')
            return "it has a '[' without its ']'";
        _at++;
        _steps.Add(new GlobStep.OneOf(ranges.ToImmutable(), negated));
        return null;
    }

    private int Member()
    {
        if (_pattern[_at] == '\\' && _at + 1 < _pattern.Length)
            _at++;
        return _pattern[_at++];
    }

    private string? Braces(int depth, bool startsName)
    {
        if (depth == Deepest)
            return $"it has more than {Deepest} braces inside each other";

        var fork = Reserve();
        var starts = ImmutableArray.CreateBuilder<int>();
        var ends = new List<int>();
        do
        {
            starts.Add(_steps.Count);
            if (Sequence(depth + 1, startsName) is { } why)
                return why;
            ends.Add(Reserve());
        }
        while (_pattern[_at++] == ',');

        _steps[fork] = new GlobStep.Fork(starts.ToImmutable());
        foreach (var end in ends)
            _steps[end] = new GlobStep.Fork([_steps.Count]);
        return null;
    }

    private int Reserve()
    {
        _steps.Add(new GlobStep.Fork([]));
        return _steps.Count - 1;
    }

    private int Next() => _at < _pattern.Length ? _pattern[_at] : -1;
}
