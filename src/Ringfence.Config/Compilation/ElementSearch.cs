namespace Ringfence.Config.Compilation;

/// <summary>What a search for an element gave.</summary>
/// <param name="Element">The element, or null.</param>
/// <param name="IsReportedAlready">Whether the reason why there is none has been reported: its orb is missing or its declaration is wrong.</param>
/// <param name="UnknownOrb">The prefix, when no orb is imported under it.</param>
internal readonly record struct ElementSearch(Element? Element, bool IsReportedAlready, string? UnknownOrb);
