using System.Collections.Immutable;
using Ringfence.Config.Expressions;

namespace Ringfence.Config.Templates;

/// <summary>A piece of a text with <c>&lt;&lt; … &gt;&gt;</c> in it.</summary>
/// <param name="Start">Where it begins in the scalar's text.</param>
/// <param name="Length">How long it is there.</param>
internal abstract record TemplatePart(int Start, int Length)
{
    /// <summary>Text that stays as it is; escapes are undone already.</summary>
    public sealed record Text(string Value, int Start, int Length) : TemplatePart(Start, Length);

    /// <summary>A name to look up, such as <c>parameters.os</c>.</summary>
    public sealed record Reference(string Name, int Start, int Length) : TemplatePart(Start, Length);

    /// <summary>An expression to evaluate (CL-6.1).</summary>
    public sealed record Evaluated(Expression Expression, int Start, int Length) : TemplatePart(Start, Length);

    /// <summary>Parts that are kept when the name is true, or when it is false if inverted (CL-6.13).</summary>
    public sealed record Section(string Name, bool Inverted, ImmutableArray<TemplatePart> Inner, int Start, int Length) : TemplatePart(Start, Length);
}
