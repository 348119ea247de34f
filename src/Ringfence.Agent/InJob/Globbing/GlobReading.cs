namespace Ringfence.Agent.InJob.Globbing;

/// <summary>How a pattern may read a text.</summary>
internal enum GlobReading
{
    /// <summary>In every way.</summary>
    Anything,

    /// <summary>Without <c>**</c> reading past the end of a name: behind a link to a folder, which may lead in circles.</summary>
    NotDeeper,

    /// <summary>Only as the pattern spells it out: for <c>.</c> and <c>..</c>, which no wildcard stands for.</summary>
    Spelled,
}
