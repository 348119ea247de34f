using System.Collections.Immutable;

namespace Ringfence.Config.Templates;

/// <summary>A scalar's text taken apart. It knows nothing of values.</summary>
/// <param name="Parts">The pieces in order.</param>
/// <param name="IsWhole">Whether the text is one <c>&lt;&lt; … &gt;&gt;</c> and nothing else, so that the result keeps its type (CL-6.3).</param>
/// <param name="IsBroken">Whether something is wrong with it, which is reported.</param>
internal sealed record Template(ImmutableArray<TemplatePart> Parts, bool IsWhole, bool IsBroken);
