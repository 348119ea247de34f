using System.Collections.Immutable;

namespace Ringfence.Agent.InJob.Globbing;

/// <summary>One state of a <see cref="GlobAutomaton"/>: what it reads, after which the next one in the list is reached.</summary>
internal abstract record GlobStep
{
    private GlobStep()
    {
    }

    /// <summary>Reads this very character.</summary>
    public sealed record Literal(int Rune) : GlobStep;

    /// <summary><c>?</c>: reads one character of a name.</summary>
    public sealed record AnyOne : GlobStep;

    /// <summary><c>*</c>: reads characters of a name.</summary>
    public sealed record AnyRun : GlobStep;

    /// <summary><c>**</c> beside other characters of a name: reads anything.</summary>
    public sealed record AnyPath : GlobStep;

    /// <summary><c>**/</c>, between names: reads whole folders. The step behind it is always <see cref="InFolder"/>, which reads their names.</summary>
    public sealed record Folders : GlobStep;

    /// <summary>Reads the rest of a folder's name and returns to the <see cref="Folders"/> before it.</summary>
    public sealed record InFolder : GlobStep;

    /// <summary><c>[a-z]</c>: reads one character of a name that is, or is not, in one of the ranges.</summary>
    public sealed record OneOf(ImmutableArray<(int First, int Last)> Ranges, bool Negated) : GlobStep
    {
        /// <summary>Whether it reads this character.</summary>
        public bool Reads(int rune) => Negated != Ranges.Any(range => range.First <= rune && rune <= range.Last);
    }

    /// <summary>Reads nothing: goes on at each of these. Both ends of the alternatives in braces.</summary>
    public sealed record Fork(ImmutableArray<int> Targets) : GlobStep;

    /// <summary>The pattern ends here.</summary>
    public sealed record End : GlobStep;
}
