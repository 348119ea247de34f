using Ringfence.Primitives;

namespace Ringfence.Cli.Run;

/// <summary>A run cannot begin. It carries all that the user is told.</summary>
internal sealed class RunRefusedException : Exception
{
    public RunRefusedException(DiagnosticCode code, string message, string hint, ExitCode exit = ExitCode.InvalidInput)
        : base(message) => (Diagnostic, Exit) = (new Diagnostic(code, SourceSpan.None, message, hint), exit);

    /// <summary>What the user is told.</summary>
    public Diagnostic Diagnostic { get; }

    /// <summary>How the command ends.</summary>
    public ExitCode Exit { get; }
}
