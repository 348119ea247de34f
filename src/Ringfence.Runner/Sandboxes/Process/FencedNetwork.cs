namespace Ringfence.Runner.Sandboxes.Process;

/// <summary>What network there is behind the fence.</summary>
internal enum FencedNetwork
{
    /// <summary>None but a loopback address of the job's own.</summary>
    None,

    /// <summary>One of the job's own with a way out, and without a way to this machine's loopback or to other jobs.</summary>
    Own,

    /// <summary>That of this machine, with everything that listens there.</summary>
    OfMachine,
}
