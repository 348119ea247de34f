namespace Ringfence.Cli.Orbs;

/// <summary>What came of fetching an orb.</summary>
internal abstract record OrbDownloadResult
{
    private OrbDownloadResult()
    {
    }

    /// <summary>The text of the orb, as bytes of UTF-8.</summary>
    public sealed record Fetched(byte[] Content) : OrbDownloadResult;

    /// <summary>Why there is none.</summary>
    public sealed record Failed(string Reason, string Hint) : OrbDownloadResult;
}
