namespace Ringfence.Cli;

/// <summary>How a command ended. The numbers are part of the command line's contract and keep their meaning.</summary>
internal enum ExitCode
{
    /// <summary>The command did what was asked.</summary>
    Success = 0,

    /// <summary>A bug in Ringfence; the report on stderr is worth sending in.</summary>
    InternalError = 1,

    /// <summary>What was given is not valid: the config, an orb, a file or an argument.</summary>
    InvalidInput = 2,

    /// <summary>The input is fine, but a result could not be written: a full disk or a missing right.</summary>
    CannotWrite = 3,

    /// <summary>The pipeline ran, and not all of it succeeded.</summary>
    PipelineFailed = 4,

    /// <summary>What is needed to run jobs or to open secrets is not on this machine.</summary>
    Unavailable = 5,

    /// <summary>The ledger or what is stored was changed behind the keep's back.</summary>
    Tampered = 6,

    /// <summary>Stopped from outside, as by Ctrl+C.</summary>
    Canceled = 130,
}
