namespace Ringfence.Cli.Orbs;

/// <summary>What became of an orb that was to be added.</summary>
internal enum OrbAddition
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>The same content was there already; nothing changed.</summary>
    AlreadyThere,

    /// <summary>It took the place of other content.</summary>
    Replaced,

    /// <summary>A published version with other content is there; nothing changed (CL-15.3).</summary>
    WouldChange,
}
