using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ringfence.Agent.InJob.Globbing;

/// <summary>
/// Patterns as one automaton that reads a path name by name: what is left after a folder's name says whether anything below it can match.
/// Not thread-safe. The time for a path is its length times the number of steps that are possible at once, whatever the patterns.
/// </summary>
internal sealed class GlobAutomaton
{
    private readonly ImmutableArray<GlobStep> _steps;
    private readonly int[] _lastRound;
    private readonly Stack<int> _pending = new();
    private int _round;

    private GlobAutomaton(ImmutableArray<GlobStep> steps, IEnumerable<int> starts)
    {
        _steps = steps;
        _lastRound = new int[steps.Length];
        Start = Closed(starts, leavesOut: false);
    }

    /// <summary>The states before anything is read, as at the start of every name: what a <c>*</c> that stands for nothing leads to comes only with the name.</summary>
    public ImmutableArray<int> Start { get; }

    /// <summary>Reads patterns; says in one sentence what is wrong with the first wrong one.</summary>
    public static bool TryParse(IEnumerable<string> patterns, [NotNullWhen(true)] out GlobAutomaton? automaton, [NotNullWhen(false)] out string? why)
    {
        var steps = new List<GlobStep>();
        var starts = new List<int>();
        (automaton, why) = (null, null);
        foreach (var pattern in patterns.SelectMany(written => GlobBraces.Expand(written)))
        {
            starts.Add(steps.Count);
            why = GlobParser.Parse(pattern, steps);
            if (why is not null)
                return false;
        }

        automaton = new GlobAutomaton([.. steps], starts);
        return true;
    }

    /// <summary>The states after a text.</summary>
    public ImmutableArray<int> Read(ImmutableArray<int> states, string text, GlobReading reading)
    {
        if (reading != GlobReading.Spelled)
            states = Closed(states, leavesOut: true);
        foreach (var rune in text.EnumerateRunes())
        {
            if (states.IsEmpty)
                return states;
            states = Read(states, rune.Value, reading);
        }

        return states;
    }

    /// <summary>Whether what was read is a match.</summary>
    public bool IsMatch(ImmutableArray<int> states) => states.Any(state => _steps[state] is GlobStep.End);

    /// <summary>Whether a name may begin with this character, and the pattern spells it out.</summary>
    public bool Spells(ImmutableArray<int> states, char first) => states.Any(state => _steps[state] is GlobStep.Literal literal && literal.Rune == first);

    /// <summary>The only name with which it can go on, if the pattern spells it out to its end; null if several are possible.</summary>
    public string? OnlyName(ImmutableArray<int> states)
    {
        var name = new StringBuilder();
        while (states is [var state])
        {
            if (_steps[state] is GlobStep.End || _steps[state] is GlobStep.Literal { Rune: '/' })
                return name.ToString();
            if (_steps[state] is not GlobStep.Literal literal)
                return null;
            name.Append(new Rune(literal.Rune));
            states = Read(states, literal.Rune, GlobReading.Spelled);
        }

        return null;
    }

    private ImmutableArray<int> Read(ImmutableArray<int> states, int rune, GlobReading reading)
    {
        // A wildcard stands for a part of a name, and that may be empty; the name itself may not.
        var leavesOut = reading != GlobReading.Spelled && rune != '/';
        var round = NextRound();
        var result = ImmutableArray.CreateBuilder<int>();
        foreach (var state in states)
        {
            if (After(state, rune, reading) is { } next)
                Add(next, leavesOut, round, result);
        }

        return result.DrainToImmutable();
    }

    private int? After(int state, int rune, GlobReading reading)
    {
        if (_steps[state] is GlobStep.Literal literal)
            return literal.Rune == rune ? state + 1 : null;
        if (reading == GlobReading.Spelled)
            return null;

        var isSlash = rune == '/';
        var mayGoDeeper = !isSlash || reading == GlobReading.Anything;
        return _steps[state] switch
        {
            GlobStep.AnyOne => isSlash ? null : state + 1,
            GlobStep.AnyRun => isSlash ? null : state,
            GlobStep.AnyPath => mayGoDeeper ? state : null,
            GlobStep.Folders => isSlash ? null : state + 1,
            GlobStep.InFolder => !isSlash ? state : mayGoDeeper ? state - 1 : null,
            GlobStep.OneOf set => !isSlash && set.Reads(rune) ? state + 1 : null,
            GlobStep.End => null,
            _ => throw new UnreachableException(),
        };
    }

    private ImmutableArray<int> Closed(IEnumerable<int> states, bool leavesOut)
    {
        var round = NextRound();
        var result = ImmutableArray.CreateBuilder<int>();
        foreach (var state in states)
            Add(state, leavesOut, round, result);
        return result.DrainToImmutable();
    }

    // With what is reached without reading anything; by a wildcard that is left out only where asked. Own stack: a hundred nested braces are a hundred forks in a row.
    private void Add(int first, bool leavesOut, int round, ImmutableArray<int>.Builder result)
    {
        _pending.Push(first);
        while (_pending.TryPop(out var state))
        {
            if (_lastRound[state] == round)
                continue;
            _lastRound[state] = round;
            switch (_steps[state])
            {
                case GlobStep.Fork fork:
                    foreach (var target in fork.Targets)
                        _pending.Push(target);
                    continue;
                case GlobStep.AnyRun or GlobStep.AnyPath when leavesOut:
                    _pending.Push(state + 1);
                    break;
                case GlobStep.Folders:
                    _pending.Push(state + 2);
                    break;
            }

            result.Add(state);
        }
    }

    private int NextRound()
    {
        if (_round == int.MaxValue)
        {
            Array.Clear(_lastRound);
            _round = 0;
        }

        return ++_round;
    }
}
