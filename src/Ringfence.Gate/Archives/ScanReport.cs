using System.Collections.Immutable;

namespace Ringfence.Gate.Archives;

/// <summary>What a scan of one file or stream came to.</summary>
/// <param name="Caught">The secrets that were found: the first 1,000.</param>
/// <param name="Unknown">What could not be looked into.</param>
public sealed record ScanReport(ImmutableArray<Caught> Caught, ImmutableArray<UnknownContent> Unknown)
{
    /// <summary>Whether everything was looked into and nothing was found.</summary>
    public bool IsClean => Caught.IsEmpty && Unknown.IsEmpty;
}
