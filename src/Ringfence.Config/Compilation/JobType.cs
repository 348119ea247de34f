namespace Ringfence.Config.Compilation;

/// <summary>What a job does (CL-11.1).</summary>
public enum JobType
{
    /// <summary>Runs steps.</summary>
    Build,

    /// <summary>Links to a deploy plan.</summary>
    Release,

    /// <summary>Does nothing and succeeds at once.</summary>
    NoOp,

    /// <summary>Waits for a person.</summary>
    Approval,

    /// <summary>Waits until nobody else holds a key (CL-17.26).</summary>
    Lock,

    /// <summary>Gives the key back, whatever happened (CL-17.26).</summary>
    Unlock,
}
