namespace Ringfence.Cli.Run;

/// <summary>What is repeated of an earlier run.</summary>
internal enum RerunKind
{
    /// <summary>Nothing: it is a run of its own.</summary>
    None,

    /// <summary>What did not succeed (EX-5.2).</summary>
    FromFailed,

    /// <summary>Everything (EX-5.1).</summary>
    FromStart,

    /// <summary>What did not succeed, and in it only tests that failed (EX-5.4).</summary>
    FailedTests,
}
